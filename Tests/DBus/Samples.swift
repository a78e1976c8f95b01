@testable import DBus

/// Values of every kind, and a generator whose numbers are the same in every run.
enum Samples {
    static let values: [DBusValue] = [
        .byte(7), .boolean(true), .int16(-2), .uint16(65_535), .int32(-70_000), .uint32(.max), .int64(.min),
        .uint64(.max), .double(0.5), .string("Grüße"), .objectPath("/org/freedesktop/systemd1"), .signature("a(sv)"),
        .descriptor(0), .bytes([1, 2, 3]), .strings(["a", "", "bc"]), .array(of: "u", [.uint32(1), .uint32(2)]),
        .array(of: "t", []), .structure([.byte(1), .uint64(2)]),
        .array(of: "{sv}", [.entry(.string("k"), .variant(.uint64(9)))]),
        .array(
            of: "(sv)",
            [
                .structure([.string("Delegate"), .variant(.boolean(true))]),
                .structure([.string("PIDs"), .variant(.array(of: "u", [.uint32(77)]))]),
            ]),
        .array(of: "(sa(sv))", []), .variant(.variant(.structure([.string("x")]))),
    ]

    static func message() -> DBusMessage {
        var message = DBusMessage.call(
            "StartTransientUnit", of: "org.freedesktop.systemd1.Manager", at: "/org/freedesktop/systemd1",
            destination: "org.freedesktop.systemd1", body: values)
        message.serial = 5
        return message
    }

    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            // splitmix64
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }
}
