import Glibc

/// The kernel's clocks in nanoseconds (clock_gettime(2)).
public enum Clock {
    /// Nanoseconds since the Unix epoch, UTC.
    public static func realtime() -> Int64 { read(CLOCK_REALTIME) }

    /// Nanoseconds that never go back; they stand still while the machine sleeps.
    public static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
