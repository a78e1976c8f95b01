extension StandardProfile {
    /// Tracing and reading other processes of the container.
    static let ptrace: StaticString = "process_vm_readv process_vm_writev ptrace"

    /// System calls that every container may make with any arguments.
    static let unconditional: [StaticString] = [
        files, paths, attributes, polling, memory, processes, identity, scheduling, signals, time, network, ipc,
        asynchronous,
    ]

    // Open files: reading, writing, moving data between them.
    private static let files: StaticString = """
        close close_range copy_file_range creat dup dup2 dup3 fadvise64 fadvise64_64 fallocate fcntl fcntl64 fdatasync flock \
        fstat fstat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 ioctl _llseek lseek memfd_create open openat openat2 \
        pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readv sendfile sendfile64 splice sync \
        sync_file_range syncfs tee vmsplice write writev cachestat pipe pipe2
        """

    // Names in the file system; what may be named is the mount namespace's business.
    private static let paths: StaticString = """
        access chdir faccessat faccessat2 fchdir fstatat64 getcwd getdents getdents64 link linkat lstat lstat64 mkdir mkdirat \
        mknod mknodat name_to_handle_at newfstatat readlink readlinkat rename renameat renameat2 rmdir stat stat64 statfs \
        statfs64 statx symlink symlinkat truncate truncate64 umask unlink unlinkat
        """

    // Owners, modes, times and extended attributes.
    private static let attributes: StaticString = """
        chmod chown chown32 fchmod fchmodat fchmodat2 fchown fchown32 fchownat fgetxattr flistxattr fremovexattr fsetxattr \
        futimesat getxattr lchown lchown32 lgetxattr listxattr llistxattr lremovexattr lsetxattr removexattr setxattr \
        utime utimensat utimensat_time64 utimes
        """

    // Waiting for many things at once, and being told of changes.
    private static let polling: StaticString = """
        epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 \
        fanotify_mark inotify_add_watch inotify_init inotify_init1 inotify_rm_watch _newselect poll ppoll ppoll_time64 \
        pselect6 pselect6_time64 select signalfd signalfd4
        """

    private static let memory: StaticString = """
        brk madvise map_shadow_stack membarrier memfd_secret mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap msync \
        munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect process_mrelease remap_file_pages
        """

    // Making, running, tracing one's own and ending of processes and threads. clone has a rule of its own.
    private static let processes: StaticString = """
        execve execveat exit exit_group fork futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake \
        get_robust_list get_thread_area getpgid getpgrp getpid getppid getsid gettid kill landlock_add_rule \
        landlock_create_ruleset landlock_restrict_self pause pidfd_open pidfd_send_signal prctl restart_syscall rseq seccomp \
        set_robust_list set_thread_area set_tid_address setpgid setsid tgkill tkill uname vfork wait4 waitid waitpid
        """

    // Users, groups and capabilities; the kernel lets nobody gain what it does not have.
    private static let identity: StaticString = """
        capget capset getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getresgid getresgid32 \
        getresuid getresuid32 getuid getuid32 setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 \
        setregid setregid32 setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setuid setuid32
        """

    // Priorities and limits of one's own.
    private static let scheduling: StaticString = """
        getcpu getpriority getrlimit getrusage ioprio_get ioprio_set prlimit64 sched_get_priority_max sched_get_priority_min \
        sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval \
        sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield \
        setpriority setrlimit sysinfo times ugetrlimit
        """

    private static let signals: StaticString = """
        rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait \
        rt_sigtimedwait_time64 rt_tgsigqueueinfo sigaltstack sigprocmask sigreturn
        """

    // Clocks and timers; setting a clock is refused by the kernel without CAP_SYS_TIME.
    private static let time: StaticString = """
        adjtimex alarm clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 \
        clock_nanosleep clock_nanosleep_time64 getitimer getrandom gettimeofday nanosleep setitimer time timer_create \
        timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create \
        timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64
        """

    // Sockets; making one has a rule of its own.
    private static let network: StaticString = """
        accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmmsg_time64 recvmsg \
        send sendmmsg sendmsg sendto setsockopt shutdown socketcall socketpair
        """

    // System V and POSIX message queues, semaphores, shared memory: the IPC namespace's.
    private static let ipc: StaticString = """
        ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink \
        msgctl msgget msgrcv msgsnd semctl semget semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget
        """

    // Linux's old asynchronous I/O. io_uring is not here: it would do what the filter forbids.
    private static let asynchronous: StaticString =
        "io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit"
}
