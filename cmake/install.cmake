# What `cmake --install` brings besides the program: docs, samples, and what a service needs.
install(FILES README.md CHANGELOG.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs")
install(DIRECTORY config/ DESTINATION "${CMAKE_INSTALL_DOCDIR}/config")

# Written when it is installed, because only then it is certain where to: `--prefix` counts.
install(CODE "
    set(source \"${PROJECT_SOURCE_DIR}\")
    set(binary \"${PROJECT_BINARY_DIR}\")
    set(bindir \"${CMAKE_INSTALL_BINDIR}\")
    set(portable \"${KAMAELIA_PORTABLE}\")
    set(docdir \"${CMAKE_INSTALL_DOCDIR}\")
    set(sysconfdir \"${CMAKE_INSTALL_SYSCONFDIR}\")")
install(SCRIPT cmake/install_service.cmake)
