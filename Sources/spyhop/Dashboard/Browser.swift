import Dashboard
import Glibc
import LinuxSystem

/// Starts the person's browser.
struct Browser: Sendable {
    let environment: ProcessEnvironment

    func choice(_ address: String) -> BrowserChoice {
        BrowserChoice.of(address, variable: environment.value) { name in
            if name.contains("/") { return access(name, X_OK) == 0 ? environment.absolute(name) : nil }
            return InstalledProgram.find(name, searchPath: environment.value("PATH"))
        }
    }

    /// Whether the browser wants the terminal to itself.
    var takesTerminal: Bool { if case .terminal = choice("") { true } else { false } }

    /// Runs a browser that draws into the terminal until the person leaves it; returns what to say afterwards.
    func run(_ address: String) async -> String? {
        guard case .terminal(let words) = choice(address) else { return nil }
        do {
            let code = try await ChildProcess.run(words)
            return code == 0 ? nil : "\(words[0]) ended with exit code \(code)"
        } catch { return "\(error)" }
    }

    /// Starts a browser with a window of its own, apart from this terminal. It outlives the dashboard.
    func open(_ address: String) async -> BrowserOutcome {
        let words: [String]
        switch choice(address) {
        case .window(let chosen): words = chosen
        case .terminal: return .nowhere("its browser needs the terminal")
        case .none(let why): return .nowhere(why)
        }
        let pid: pid_t
        do {
            let nothing = try OwnedDescriptor.open("/dev/null", O_RDWR)
            let number = nothing.rawValue
            pid = try Spawn(
                // A browser finds its display, its bus and its profile by them.
                path: words[0], arguments: words, environment: ProcessEnvironment.inherited(),
                descriptors: [0: number, 1: number, 2: number]
            ).start()
        } catch { return .failed("\(error)") }
        // An opener that fails does so at once; a browser itself stays.
        for _ in 0..<Self.patience {
            if let code = Self.ended(pid) {
                return code == 0 ? .opened(words[0]) : .failed("\(words[0]) ended with exit code \(code)")
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
        Task.detached {
            while Self.ended(pid) == nil { try? await Task.sleep(for: .seconds(5)) }
        }
        return .opened(words[0])
    }

    private static let patience = 75

    /// Its exit code once it has ended; of one that somebody else has collected it is not known any more.
    private static func ended(_ pid: pid_t) -> Int32? {
        do { return try Processes.reapEnded(pid) } catch { return 0 }
    }
}
