import Glibc

/// Whether the tests that make network namespaces can run.
let isRoot = geteuid() == 0
