/// Where a bus listens (D-Bus Specification, "Server Addresses"); only unix sockets are spoken to.
public enum DBusAddress: Sendable, Hashable {
    /// A socket in the file system.
    case path(String)
    /// A name in the network namespace's list, without the NUL in front.
    case abstract(String)

    /// The bus of the whole system.
    public static let system = DBusAddress.path("/run/dbus/system_bus_socket")

    /// The unix sockets in a text such as `unix:path=/run/user/1000/bus,guid=…;tcp:…`, in its order.
    /// - Throws: `.address` when there is none.
    public static func all(in text: String) throws(DBusError) -> [DBusAddress] {
        let found = text.split(separator: ";").compactMap { one($0) }
        guard !found.isEmpty else { throw DBusError.address(text) }
        return found
    }

    private static func one(_ text: Substring) -> DBusAddress? {
        guard let colon = text.firstIndex(of: ":"), text[..<colon] == "unix" else { return nil }
        for pair in text[text.index(after: colon)...].split(separator: ",") {
            guard let equals = pair.firstIndex(of: "="),
                let value = unescaped(pair[pair.index(after: equals)...]), !value.isEmpty
            else { continue }
            switch pair[..<equals] {
            case "path" where !value.utf8.contains(0): return .path(value)
            case "abstract": return .abstract(value)
            default: continue
            }
        }
        return nil
    }

    /// Undoes `%2f` and its kin; `nil` when it is malformed.
    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
