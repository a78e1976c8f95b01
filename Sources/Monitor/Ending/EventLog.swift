import CLinux
import CMonitorWire

/// Events as JSON lines that every process of the engine appends to the same file.
struct EventLog {
    let path: CString?
    let actor: CString
    /// Ready members of the attributes.
    let fields: CString

    init(_ plan: Plan) {
        path = plan.optionalString(plan.header.events_path)
        actor = plan.string(plan.header.id)
        fields = plan.string(plan.header.event_fields)
    }

    /// Appends one event with a single write, so that lines of several writers never mix. An event that cannot be
    /// written is lost: the container must not suffer for it.
    func append(_ action: StaticString, _ key: StaticString? = nil, _ value: Int32 = 0) {
        guard let path else { return }
        var line = Text(capacity: strlen(fields) + strlen(actor) + 256)
        line.append("{\"time\":{\"nanoseconds\":")
        line.append(number: monitor_realtime())
        line.append("},\"type\":\"container\",\"action\":\"")
        line.append(action)
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
