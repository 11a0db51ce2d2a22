# Runs in `cmake --install`: the configuration and the files for systemd, with the paths of this installation.

# place(VARIABLE DIRECTORY): where a directory of the installation is, by the rules of GNUInstallDirs.
function(place variable directory)
    if(IS_ABSOLUTE "${directory}")
        set(${variable} "${directory}" PARENT_SCOPE)
    elseif(CMAKE_INSTALL_PREFIX MATCHES "^(/usr)?/?$" AND directory STREQUAL "etc")
        set(${variable} "/etc" PARENT_SCOPE)
    else()
        string(REGEX REPLACE "/+$" "" prefix "${CMAKE_INSTALL_PREFIX}")
        set(${variable} "${prefix}/${directory}" PARENT_SCOPE)
    endif()
endfunction()

place(KAMAELIA_BINDIR "${bindir}")
place(KAMAELIA_DOCDIR "${docdir}")
place(KAMAELIA_SYSCONFDIR "${sysconfdir}")
if(portable)
    set(KAMAELIA_READINESS "# Built without libsystemd: it tells nobody how it does.\nType=exec")
else()
    set(KAMAELIA_READINESS "Type=notify\n# It is fed only while every scheduler gives turns.\nWatchdogSec=30")
endif()
place(lib lib) # where systemd looks, whatever the architecture's directory of libraries is

configure_file("${source}/systemd/kamaeliad.service.in" "${binary}/systemd/kamaeliad.service" @ONLY)
file(INSTALL "${binary}/systemd/kamaeliad.service" DESTINATION "${lib}/systemd/system")
file(INSTALL "${source}/systemd/kamaelia.sysusers" DESTINATION "${lib}/sysusers.d" RENAME kamaelia.conf)
file(INSTALL "${source}/systemd/kamaelia.tmpfiles" DESTINATION "${lib}/tmpfiles.d" RENAME kamaelia.conf)

if(EXISTS "$ENV{DESTDIR}${KAMAELIA_SYSCONFDIR}/kamaelia/kamaelia.yaml")
    message(STATUS "Kept as it is: $ENV{DESTDIR}${KAMAELIA_SYSCONFDIR}/kamaelia/kamaelia.yaml")
else()
    file(INSTALL "${source}/config/kamaelia.yaml" DESTINATION "${KAMAELIA_SYSCONFDIR}/kamaelia")
endif()
