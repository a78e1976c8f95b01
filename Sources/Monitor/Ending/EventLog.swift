import CLinux
import CMonitorWire

/// Events as JSON lines that every process of the engine appends to the same file.
struct EventLog {
    private static let largest = 64 << 10

    let path: CString?
    let actor: CString
    private let plan: Plan

    init(_ plan: Plan) {
        path = plan.optionalString(plan.header.events_path)
        actor = plan.string(plan.header.id)
        self.plan = plan
    }

    /// Forgets what was written for the container's last life: the plan knows the newest.
    func begin() {
        let place = newerFields
        _ = monitor_unlink(AT_FDCWD, place.c)
        withExtendedLifetime(place) {}
    }

    /// Where a change of the container's name is written to.
    private var newerFields: Text {
        var path = Text(capacity: Int(PATH_MAX))
        path.append(plan.string(plan.header.directory))
        path.append("/event-fields")
        return path
    }

    /// Appends one event with a single write, so that lines of several writers never mix. An event that cannot be
    /// written is lost: the container must not suffer for it.
    func append(_ action: StaticString, _ key: StaticString? = nil, _ value: Int32 = 0) {
        guard let path else { return }
        withUnsafeTemporaryAllocation(byteCount: Self.largest, alignment: 1) { buffer in
            let place = newerFields
            let count = (try? SmallFile.read(place.c, into: buffer)) ?? 0
            withExtendedLifetime(place) {}
            // What fills the buffer may be cut, and there is no room for the NUL.
            if count > 0, count < buffer.count, let start = buffer.baseAddress {
                buffer[count] = 0
                write(action, key, value, CString(start.assumingMemoryBound(to: CChar.self)), to: path)
            } else {
                write(action, key, value, plan.string(plan.header.event_fields), to: path)
            }
        }
    }

    private func write(
        _ action: StaticString, _ key: StaticString?, _ value: Int32, _ fields: CString, to path: CString
    ) {
        let detail = same(action.c, "exec_start") ? plan.string(plan.header.event_detail) : ("" as StaticString).c
        var line = Text(capacity: strlen(fields) + strlen(actor) + strlen(detail) + 256)
        line.append("{\"time\":{\"nanoseconds\":")
        line.append(number: monitor_realtime())
        line.append("},\"type\":\"container\",\"action\":\"")
        line.append(action)
        if detail[0] != 0 {
            line.append(": ")
            line.append(detail)
        }
        line.append("\",\"actorID\":\"")
        line.append(actor)
        line.append("\",\"attributes\":{")
        line.append(fields)
        if let key {
            if fields[0] != 0 { line.append(",") }
            line.append("\"")
            line.append(key)
            line.append("\":\"")
            line.append(number: Int64(value))
            line.append("\"")
        }
        line.append("}}\n")
        let file = Descriptor(owning: monitor_open(path, O_WRONLY | O_CREAT | O_APPEND, 0o640))
        guard file.isOpen, line.isComplete else { return }
        _ = monitor_write(file.number, line.bytes, line.count)
    }
}
