import CLinux

/// The program that leads from the namespace to the world: pasta(1), or slirp4netns(1), or neither.
struct World: ~Copyable {
    /// One that can be tried.
    private struct Choice {
        var world: UInt32
        var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
        /// Where among the words the namespace's path belongs.
        var place: Int
    }

    private enum State {
        /// Nothing can be tried, or nothing has been yet.
        case idle
        /// A program was started; the anchor ends when it has done its work.
        case starting(Int, until: Int64)
        case running(Int, since: Int64)
        /// All have failed; they are tried again, for a host may find its network later.
        case resting(until: Int64)
    }

    private let space: Int32
    private var choices: [Choice] = []
    private var state = State.idle
    private(set) var program = Descriptor()
    private(set) var anchor = Descriptor()
    private var complaints = Descriptor()
    /// Before the next round of attempts; doubles with every failure.
    private var pause = World.shortestPause
    /// Whether the first round has come to something.
    private(set) var isSettled = false
    private(set) var greeting = sph_netns_greeting()

    private static let shortestPause: Int64 = 100_000_000
    private static let longestPause: Int64 = 30_000_000_000
    private static let patience: Int64 = 10_000_000_000

    /// `programs` are words as netns_shims.h describes them, to a null.
    init(programs: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, space: Int32) {
        self.space = space
        greeting.code = -1
        var at = 0
        while let kind = programs[at] {
            var choice = Choice(world: UInt32(clamping: atoi(kind)), words: programs + at + 1, place: -1)
            at += 1
            while let word = programs[at], word[0] != 0 {
                if strcmp(word, SPH_NETNS_PLACE) == 0 { choice.place = at }
                at += 1
            }
            choice.place -= programs.distance(to: choice.words)
            // The empty string becomes the end of the program's words.
            let isComplete = programs[at] != nil
            programs[at] = nil
            if isComplete { at += 1 }
            if choice.words[0] != nil, choice.place >= 0 { choices.append(choice) }
        }
    }

    /// When something is due.
    var deadline: Int64? {
        switch state {
        case .idle, .running: nil
        case .starting(_, let moment), .resting(let moment): moment
        }
    }

    mutating func begin() { attempt(0) }

    private mutating func attempt(_ index: Int) {
        guard index < choices.count else {
            isSettled = true
            greeting.world = SPH_NETNS_ALONE.rawValue
            guard !choices.isEmpty else {
                state = .idle
                return
            }
            state = .resting(until: monitor_monotonic() + pause)
            pause = min(pause * 2, Self.longestPause)
            return
        }
        let choice = choices[index]
        greeting.tried = choice.world
        let anchorPid = sph_netns_anchor(space, SPH_NETNS_INTERFACE)
        anchor = Descriptor(owning: anchorPid > 0 ? monitor_pidfd_open(anchorPid) : -1)
        var place = Text(capacity: 64)
        place.append("/proc/")
        place.append(number: Int64(anchorPid))
        place.append("/ns/net")
        choice.words[choice.place] = UnsafeMutablePointer(mutating: place.c)
        var ends: [Int32] = [-1, -1]
        _ = sph_netns_pipe(&ends)
        complaints = Descriptor(owning: ends[0])
        let pid = sph_netns_program(choice.words, ends[1])
        _ = monitor_close(ends[1])
        program = Descriptor(owning: pid > 0 ? monitor_pidfd_open(pid) : -1)
        state = .starting(index, until: monitor_monotonic() + Self.patience)
        guard !program.isOpen || !anchor.isOpen else { return }
        end()
        attempt(index + 1)
    }

    mutating func anchorEnded() {
        var code: Int32 = 0
        var killed: Int32 = 0
        _ = monitor_reap(anchor.number, &code, &killed)
        anchor.close()
        guard case .starting(let index, _) = state else { return }
        guard code == 0, killed == 0 else {
            // Without it the program finds no namespace; it is over soon.
            _ = monitor_pidfd_signal(program.number, SIGKILL)
            return
        }
        isSettled = true
        greeting.world = choices[index].world
        state = .running(index, since: monitor_monotonic())
    }

    mutating func programEnded() {
        var code: Int32 = 0
        var killed: Int32 = 0
        _ = monitor_reap(program.number, &code, &killed)
        program.close()
        greeting.code = killed != 0 ? 128 + code : code
        listen()
        end()
        switch state {
        case .starting(let index, _): attempt(index + 1)
        case .running(_, let since):
            // Whatever ends it again and again must not keep the machine busy.
            if monitor_monotonic() - since > 10 * Self.shortestPause {
                pause = Self.shortestPause
                attempt(0)
            } else {
                attempt(choices.count)
            }
        case .idle, .resting: break
        }
    }

    mutating func meetDeadline() {
        guard let deadline, monitor_monotonic() >= deadline else { return }
        switch state {
        case .starting: _ = monitor_pidfd_signal(program.number, SIGKILL)
        case .resting: attempt(0)
        case .idle, .running: break
        }
    }

    /// Ends both processes and waits for them.
    mutating func end() {
        var code: Int32 = 0
        var killed: Int32 = 0
        for process in [program.number, anchor.number] where process >= 0 {
            _ = monitor_pidfd_signal(process, SIGKILL)
            _ = monitor_reap(process, &code, &killed)
        }
        program.close()
        anchor.close()
    }

    /// Keeps the last of what the program has said.
    private mutating func listen() {
        let descriptor = complaints.number
        withUnsafeMutableBytes(of: &greeting.words) { words in
            let room = words.count - 1
            var kept = 0
            withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
                guard let start = buffer.baseAddress else { return }
                while true {
                    let count = monitor_read(descriptor, start, buffer.count)
                    guard count > 0 else { return }
                    let taken = min(count, room)
                    kept = 0
                    for index in count - taken..<count {
                        words[kept] = buffer[index]
                        kept += 1
                    }
                }
            }
            words[kept] = 0
        }
        complaints.close()
    }
}
