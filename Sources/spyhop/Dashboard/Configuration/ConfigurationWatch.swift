import Dashboard
import Glibc
import LinuxSystem
import Synchronization

/// Hears of changes to the configuration and its theme while a dashboard runs: from the kernel (inotify), from a signal
/// (SIGUSR2), from the person. Between two changes it does nothing at all.
final class ConfigurationWatch: Sendable {
    private let configuration: DashboardConfiguration
    private let listener = Mutex<AsyncStream<DashboardNews>.Continuation?>(nil)

    init(_ configuration: DashboardConfiguration) { self.configuration = configuration }

    /// What happens from now on; ends with whoever listens.
    func news() -> AsyncStream<DashboardNews> {
        AsyncStream { continuation in
            listener.withLock { $0 = continuation }
            let tasks = [
                Task.detached { await self.followFiles() }, Task.detached { await self.followSignals() },
            ]
            continuation.onTermination = { _ in for task in tasks { task.cancel() } }
        }
    }

    /// Reads the configuration again, changed or not.
    func reload() {
        Task.detached { self.tell(self.configuration.read(forced: true)) }
    }

    /// Says something that went wrong.
    func fail(_ text: String) { tell(.failure(text)) }

    private func tell(_ news: DashboardNews?) {
        guard let news else { return }
        listener.withLock { _ = $0?.yield(news) }
    }

    private func followSignals() async {
        guard let signals = try? SignalPipe([SIGUSR2]) else { return }
        while (try? await signals.next()) != nil { tell(configuration.read(forced: true)) }
    }

    /// Editors write a file in many steps, and in many ways; this is longer than any of them takes.
    private static let calm = Duration.milliseconds(120)

    private func followFiles() async {
        do {
            let watch = try DirectoryWatch()
            while !Task.isCancelled {
                // What is watched may have come or gone with the change that was heard of.
                let names = watchAll(watch)
                let changes = try await watch.next()
                guard changes.contains(where: { Self.concerns($0, names) }) else { continue }
                try await Task.sleep(for: Self.calm)
                while try !watch.pending().isEmpty { try await Task.sleep(for: Self.calm) }
                tell(configuration.read(forced: false))
            }
        } catch is CancellationError {
        } catch { tell(.failure("changes of the configuration are not seen: \(error)")) }
    }

    private static func concerns(_ change: DirectoryWatch.Change, _ names: [Int32: Set<String>]) -> Bool {
        guard change.watch >= 0, !change.name.isEmpty, let wanted = names[change.watch] else { return true }
        return wanted.isEmpty || wanted.contains(change.name)
    }

    /// Watches the directories of all files, and of what links lead to; answers the names that matter in each. Where a directory
    /// is missing, the nearest one above it is watched for its coming: there every name matters.
    private func watchAll(_ watch: DirectoryWatch) -> [Int32: Set<String>] {
        var names: [Int32: Set<String>] = [:]
        let files = configuration.watchedFiles
        for file in Set(files + files.map(DashboardConfiguration.resolved)) {
            var directory = Files.directory(of: file)
            var name: String? = String(file.split(separator: "/").last ?? "")
            while directory != "/", !Files.exists(directory) {
                directory = Files.directory(of: directory)
                name = nil
            }
            guard let number = try? watch.add(directory, [.written, .movedIn, .movedOut, .created, .deleted]) else {
                continue
            }
            if let name {
                if names[number] != [] { names[number, default: []].insert(name) }
            } else {
                names[number] = []
            }
        }
        return names
    }
}
