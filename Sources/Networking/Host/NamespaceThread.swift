import CLinux
import Engine
import Glibc
import LinuxSystem

/// A thread that enters a network namespace, does one thing, and ends.
enum NamespaceThread {
    private final class Task {
        let namespace: Int32
        let body: () -> Void
        var error: Int32 = 0

        init(namespace: Int32, body: @escaping () -> Void) {
            self.namespace = namespace
            self.body = body
        }

        func run() {
            if sph_join_network(namespace) == 0 { body() } else { error = errno }
        }
    }

    static func run<Value: Sendable>(
        in namespace: Int32, _ body: () throws(EngineError) -> Value
    ) throws(EngineError) -> Value {
        var result: Result<Value, EngineError>?
        let failure: SystemError? = withoutActuallyEscaping(body) { body in
            perform(in: namespace) {
                do throws(EngineError) { result = .success(try body()) } catch { result = .failure(error) }
            }
        }
        if let result { return try result.get() }
        throw EngineError(.system, "cannot enter the network namespace", cause: failure)
    }

    /// Waits for the thread's end, so that nothing outlives the caller's closure.
    private static func perform(in namespace: Int32, _ body: () -> Void) -> SystemError? {
        withoutActuallyEscaping(body) { body in
            let task = Task(namespace: namespace, body: body)
            var thread = pthread_t()
            let error = pthread_create(
                &thread, nil,
                { argument in
                    if let argument { Unmanaged<Task>.fromOpaque(argument).takeUnretainedValue().run() }
                    return nil
                }, Unmanaged.passUnretained(task).toOpaque())
            guard error == 0 else { return SystemError(error, "pthread_create") }
            pthread_join(thread, nil)
            return task.error == 0 ? nil : SystemError(task.error, "setns")
        }
    }
}
