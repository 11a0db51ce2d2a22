# What all targets of the house have in common.

add_library(house_warnings INTERFACE)
target_compile_options(house_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
    $<$<BOOL:${KAMAELIA_WERROR}>:-Werror>)

# house_library(NAME HEADERS file... SOURCES file... LINKS target...)
# A static library whose headers are found from the root of the repository ("axon/inbox.hpp") and
# are each compiled alone by the target all_verify_interface_header_sets.
function(house_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;SOURCES;LINKS")
    add_library(${name} STATIC ${arg_SOURCES})
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${arg_HEADERS})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE house_warnings)
endfunction()

# house_test(NAME LINKS target... SOURCES file...)
# One GoogleTest executable, which is a test of ctest with the label "unit"; each TEST in it is another one, with the
# label "case": a process for each takes many times as long.
function(house_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LINKS} GTest::gtest_main GTest::gmock house_warnings)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS case TIMEOUT 60)
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 600)
endfunction()

# house_bench(NAME SOURCE LINKS target...)
# One Google Benchmark executable; ctest runs it with the label "bench".
function(house_bench name source)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LINKS")
    add_executable(${name} ${source})
    target_link_libraries(${name} PRIVATE ${arg_LINKS} benchmark::benchmark house_warnings)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS bench RUN_SERIAL ON TIMEOUT 600)
endfunction()

# house_fuzz(NAME LINKS target...)
# NAME.cpp defines LLVMFuzzerTestOneInput. In the preset fuzz it becomes a libFuzzer program; in
# every other one a test that gives it each file of corpus/NAME once, so that a crash once found
# stays found.
function(house_fuzz name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS")
    set(target fuzz_${name})
    add_executable(${target} ${name}.cpp)
    target_link_libraries(${target} PRIVATE ${arg_LINKS} house_warnings)
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
    if(KAMAELIA_FUZZ)
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
        if(NOT TARGET fuzz_targets)
            add_custom_target(fuzz_targets)
        endif()
        add_dependencies(fuzz_targets ${target})
    else()
        target_sources(${target} PRIVATE replay_main.cpp)
        add_test(NAME fuzz.${name} COMMAND ${target} "${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name}")
        set_tests_properties(fuzz.${name} PROPERTIES LABELS unit TIMEOUT 60)
    endif()
endfunction()
