import Engine

extension DockerEngine: Executing {
    private func makeExec(_ reference: String, _ spec: ExecSpec, isDetached: Bool) async throws -> String {
        var body: [String: JSONNode] = [
            "Cmd": .strings(spec.command), "Tty": .bool(spec.tty), "AttachStdout": .bool(!isDetached),
            "AttachStderr": .bool(!isDetached), "AttachStdin": .bool(spec.openStdin && !isDetached),
            "Privileged": .bool(spec.privileged), "Detach": .bool(isDetached),
        ]
        if !spec.environment.isEmpty { body["Env"] = .strings(spec.environment) }
        if let directory = spec.workingDirectory { body["WorkingDir"] = .string(directory) }
        if let user = spec.user { body["User"] = .string(user) }
        let call = DockerCall(
            "POST", "/containers/\(DockerCall.part(reference))/exec",
            purpose: "run \(spec.command.first ?? "nothing") in container \(reference)")
        guard let id = try await client.json(call.with(.object(body)))["Id"]?.words else {
            throw EngineError(.corrupted, "\(client.title) tells no identifier of the command that it made")
        }
        return id
    }

    private func starting(_ id: String, _ spec: ExecSpec, _ reference: String, isDetached: Bool) -> DockerCall {
        DockerCall(
            "POST", "/exec/\(DockerCall.part(id))/start",
            purpose: "run \(spec.command.first ?? "nothing") in container \(reference)"
        ).with(.object(["Detach": .bool(isDetached), "Tty": .bool(spec.tty)]))
    }

    /// See `Executing`.
    public func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session {
        let id = try await makeExec(reference, spec, isDetached: false)
        let channel = try await client.hijack(starting(id, spec, reference, isDetached: false))
        let session = DockerSession(channel, client, .exec(id), isRaw: spec.tty)
        // A command that has already ended has no terminal any more.
        if spec.tty, let size = spec.size { try? await session.resize(size) }
        return session
    }

    /// See `Executing`.
    public func execDetached(in reference: String, _ spec: ExecSpec) async throws {
        let id = try await makeExec(reference, spec, isDetached: true)
        var call = starting(id, spec, reference, isDetached: true)
        call.patience = .seconds(60)
        try await client.done(call)
    }

    /// See `Executing`.
    public func attach(to reference: String, input: Bool) async throws -> any Session {
        let details = try await inspect(reference)
        guard details.container.state.isAlive else {
            throw EngineError(
                .conflict, "cannot attach to container \(reference): it is \(details.container.state.name)",
                hint: "start it first")
        }
        let id = details.container.id.rawValue
        let channel = try await client.hijack(attaching(id, reference, input: input && details.spec.openStdin))
        return DockerSession(channel, client, .container(id, end: nil), isRaw: details.spec.tty)
    }

    private func attaching(_ id: String, _ reference: String, input: Bool) -> DockerCall {
        let query: DockerCall.Query = [
            ("stream", "1"), ("stdin", input ? "1" : "0"), ("stdout", "1"), ("stderr", "1"),
        ]
        return DockerCall(
            "POST", "/containers/\(DockerCall.part(id))/attach", query, purpose: "attach to container \(reference)")
    }

    /// See `Executing`.
    public func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session {
        let details = try await inspect(reference)
        let id = details.container.id.rawValue
        let channel = try await client.hijack(attaching(id, reference, input: details.spec.openStdin))
        // Who ends at once and is removed is not there any more for a question that comes later.
        let end = try await waitingForEnd(id, reference, removes: details.container.autoRemove)
        let session = DockerSession(channel, client, .container(id, end: end), isRaw: details.spec.tty)
        do { try await start(id) } catch {
            end.cancel()
            channel.close()
            throw error
        }
        if details.spec.tty, let size { try? await session.resize(size) }
        return session
    }

    private func waitingForEnd(_ id: String, _ reference: String, removes: Bool) async throws -> Task<Int32, any Error>
    {
        let version = try await client.version
        // Before API 1.30 there was one condition, and it was wrong for a container that has not started yet.
        let knowsConditions = version.api >= DockerVersion.Number(major: 1, minor: 30)
        let condition = removes && !version.isPodman ? "removed" : "next-exit"
        let call = DockerCall(
            "POST", "/containers/\(DockerCall.part(id))/wait", knowsConditions ? [("condition", condition)] : [],
            purpose: "wait for container \(reference)"
        ).patient
        let client = client
        // Docker answers with the head as soon as it listens; podman answers when it is over.
        let listening = version.isPodman || !knowsConditions ? nil : try await client.stream(call)
        return Task {
            let bytes: [UInt8]
            if let listening {
                bytes = try await listening.all(upTo: 1 << 20)
            } else {
                bytes = try await client.stream(call).all(upTo: 1 << 20)
            }
            let answer = (try? JSONNode(bytes)) ?? .null
            if let words = answer["Error"]?["Message"]?.words { throw EngineError(.system, words) }
            return Int32(clamping: answer["StatusCode"]?.integer ?? 0)
        }
    }
}
