// bench_go ROW: Go's part in the message benchmark. A component is a goroutine, its inbox a channel with the
// capacity of ours; one processor.
package main

import (
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// As in measure.hpp.
const (
	crowd         = 100_000
	batch         = 1_000
	listeners     = 1_000
	capacity      = 64
	bufferSize    = 4096
	pendingTimers = 1_000_000
	hops          = 1_000_000
)

// Of the whole process: what others do on the machine does not count, the collector does.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func stage(in <-chan int, out chan<- int) {
	for message := range in {
		out <- message
	}
	close(out)
}

func pipe(stages, inFlight int) float64 {
	rounds := hops / (stages + 1)
	first := make(chan int, capacity)
	last := first
	for i := 0; i < stages; i++ {
		next := make(chan int, capacity)
		go stage(last, next)
		last = next
	}
	for i := 0; i < inFlight; i++ {
		first <- i
	}
	for i := 0; i < rounds/10; i++ {
		first <- <-last
	}
	began := processorTime()
	for i := 0; i < rounds; i++ {
		first <- <-last
	}
	return float64(processorTime()-began) / float64(rounds*(stages+1))
}

func listener(in <-chan []byte, heard chan<- int) {
	for buffer := range in {
		if heard != nil {
			heard <- len(buffer)
		}
	}
}

func fanOut() float64 {
	rounds := hops / listeners
	heard := make(chan int, capacity)
	to := make([]chan []byte, listeners)
	for i := range to {
		to[i] = make(chan []byte, capacity)
		if i == listeners-1 {
			go listener(to[i], heard)
		} else {
			go listener(to[i], nil)
		}
	}
	buffer := make([]byte, bufferSize)
	var began time.Duration
	for i := -rounds / 10; i < rounds; i++ {
		if i == 0 {
			began = processorTime()
		}
		for _, inbox := range to {
			inbox <- buffer
		}
		<-heard
	}
	return float64(processorTime()-began) / float64(rounds*listeners)
}

func spawnAndEnd() float64 {
	var living sync.WaitGroup
	brief := func(in chan int) { living.Done() }
	oneBatch := func() {
		living.Add(batch)
		for i := 0; i < batch; i++ {
			go brief(make(chan int, capacity))
		}
		living.Wait()
	}
	oneBatch()
	began := processorTime()
	for born := 0; born < crowd; born += batch {
		oneBatch()
	}
	return float64(processorTime()-began) / crowd
}

func startCrowd(living *sync.WaitGroup) []chan []byte {
	living.Add(crowd)
	inboxes := make([]chan []byte, crowd)
	for i := range inboxes {
		inboxes[i] = make(chan []byte, capacity)
		go func(in chan []byte) {
			listener(in, nil)
			living.Done()
		}(inboxes[i])
	}
	for i := 0; i < 10; i++ {
		runtime.Gosched() // until they all wait
	}
	return inboxes
}

func inUse() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapInuse + stats.StackInuse
}

func idleBytes() float64 {
	var living sync.WaitGroup
	before := inUse()
	inboxes := startCrowd(&living)
	bytes := float64(inUse()-before) / crowd
	runtime.KeepAlive(inboxes)
	return bytes
}

func stop() float64 {
	var living sync.WaitGroup
	inboxes := startCrowd(&living)
	began := processorTime()
	for _, inbox := range inboxes {
		close(inbox)
	}
	living.Wait()
	return float64(processorTime()-began) / 1e6
}

func timerCancel() float64 {
	for i := 0; i < pendingTimers; i++ {
		time.AfterFunc(time.Hour+time.Duration(rand.Int63n(int64(time.Hour))), func() {})
	}
	runtime.GC()
	const cancels = 100_000
	began := processorTime()
	for i := 0; i < cancels; i++ {
		time.AfterFunc(5*time.Second, func() {}).Stop()
	}
	return float64(processorTime()-began) / cancels
}

func timerExpire() float64 {
	var left sync.WaitGroup
	left.Add(crowd)
	began := processorTime()
	for i := 0; i < crowd; i++ {
		time.AfterFunc(50*time.Millisecond+time.Duration(rand.Int63n(int64(10*time.Millisecond))), left.Done)
	}
	left.Wait()
	return float64(processorTime()-began) / crowd
}

func main() {
	runtime.GOMAXPROCS(1)
	rows := map[string]func() float64{
		"pipe2-1":      func() float64 { return pipe(2, 1) },
		"pipe2-64":     func() float64 { return pipe(2, capacity) },
		"pipe10-1":     func() float64 { return pipe(10, 1) },
		"pipe10-64":    func() float64 { return pipe(10, capacity) },
		"ring1000":     func() float64 { return pipe(999, 1) },
		"fan1000":      fanOut,
		"spawn":        spawnAndEnd,
		"idle":         idleBytes,
		"stop":         stop,
		"timer-cancel": timerCancel,
		"timer-expire": timerExpire,
	}
	if len(os.Args) < 2 {
		for row := range rows {
			fmt.Println(row)
		}
	} else if measure, found := rows[os.Args[1]]; found {
		fmt.Printf("%.6g\n", measure())
	} else {
		os.Exit(64)
	}
}
