import Testing

@testable import DBus

/// D-Bus Specification, "Marshaling (Wire Format)".
struct MarshallingTests {
    private func bytes(_ values: DBusValue...) throws -> [UInt8] {
        var writer = MessageWriter()
        for value in values { try writer.put(value) }
        return writer.bytes
    }

    @Test func numbersStandAtMultiplesOfTheirSize() throws {
        #expect(try bytes(.byte(1), .uint32(2)) == [1, 0, 0, 0, 2, 0, 0, 0])
        #expect(
            try bytes(.byte(1), .uint16(2), .byte(3), .uint64(4)) == [1, 0, 2, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0])
        #expect(try bytes(.boolean(true)) == [1, 0, 0, 0])
    }

    @Test func textsAndSignaturesEndWithANullThatIsNotCounted() throws {
        #expect(try bytes(.string("foo")) == [3, 0, 0, 0, 0x66, 0x6f, 0x6f, 0])
        #expect(try bytes(.signature("ai")) == [2, 0x61, 0x69, 0])
    }

    @Test func anArraysLengthLeavesOutThePaddingBeforeItsFirstElement() throws {
        #expect(try bytes(.array(of: "x", [.int64(5)])) == [8, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0])
        #expect(try bytes(.array(of: "t", [])) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(try bytes(.bytes([9, 8])) == [2, 0, 0, 0, 9, 8])
    }

    @Test func structuresAndEntriesStartAtMultiplesOfEight() throws {
        #expect(try bytes(.byte(1), .structure([.byte(2)])) == [1, 0, 0, 0, 0, 0, 0, 0, 2])
        let entries = DBusValue.array(of: "{yy}", [.entry(.byte(1), .byte(2)), .entry(.byte(3), .byte(4))])
        #expect(try bytes(entries) == [10, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4])
    }

    @Test func aVariantCarriesItsSignature() throws {
        #expect(try bytes(.variant(.uint32(3))) == [1, 0x75, 0, 0, 3, 0, 0, 0])
    }

    @Test(arguments: Samples.values) func everyValueComesBackAsItWas(_ value: DBusValue) throws {
        let bytes = try bytes(value)
        var reader = MessageReader(bytes, isBigEndian: false, range: 0..<bytes.count)
        let type = try DBusType.one(in: value.signature)
        #expect(try reader.value(type) == value)
        #expect(reader.isAtEnd)
    }

    @Test func theOtherByteOrderIsUnderstood() throws {
        let bytes: [UInt8] = [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]
        var reader = MessageReader(bytes, isBigEndian: true, range: 0..<bytes.count)
        #expect(try reader.value(.array(.basic(.uint64))) == .array(of: "t", [.uint64(258)]))
    }

    @Test(arguments: [
        DBusValue.string("a\0b"), .objectPath("no/slash"), .objectPath("/a//b"), .objectPath("/a/"), .structure([]),
        .signature("a"), .signature("(("), .signature("{sv}"), .array(of: "s", [.byte(1)]), .array(of: "", []),
        .array(of: "ss", []), .signature(String(repeating: "a", count: 33) + "y"),
    ])
    func whatCannotBeCarriedIsNotSent(_ value: DBusValue) {
        #expect(throws: DBusError.self) { try bytes(value) }
    }

    @Test(
        arguments: [
            // Boolean 2, padding that is not zero, a text without an end, one with a NUL inside, one that is no UTF-8.
            ("b", [2, 0, 0, 0]), ("yu", [1, 1, 0, 0, 1, 0, 0, 0]), ("s", [3, 0, 0, 0, 0x61, 0x62, 0x63, 0x64]),
            ("s", [2, 0, 0, 0, 0, 0x61, 0]), ("s", [1, 0, 0, 0, 0xff, 0]), ("s", [0xff, 0xff, 0xff, 0xff]),
            // No object path; an array that is longer than all, one whose last element sticks out, one beyond the limit.
            ("o", [1, 0, 0, 0, 0x61, 0]), ("au", [8, 0, 0, 0, 1, 0, 0, 0]), ("au", [3, 0, 0, 0, 1, 0, 0, 0]),
            ("ay", [0, 0, 0, 5]), ("au", [0xfc, 0xff, 0xff, 0xff]),
            // Variants of two types, of none, and without their value.
            ("v", [2, 0x79, 0x79, 0, 1, 1]), ("v", [0, 0]), ("v", [1, 0x79, 0]), ("g", [1, 0x28, 0]),
        ] as [(String, [UInt8])])
    func whatIsWrittenWrongIsRefused(_ signature: String, _ bytes: [UInt8]) throws {
        let types = try DBusType.all(in: signature)
        #expect(throws: DBusError.self) {
            var reader = MessageReader(bytes, isBigEndian: false, range: 0..<bytes.count)
            for type in types { _ = try reader.value(type) }
        }
    }

    @Test func valuesTooDeepInOneAnotherAreRefused() throws {
        let nested = (0..<70).reduce(DBusValue.byte(1)) { value, _ in .variant(value) }
        let bytes = try bytes(nested)
        #expect(throws: DBusError.malformed("values too deep in one another")) {
            var reader = MessageReader(bytes, isBigEndian: false, range: 0..<bytes.count)
            _ = try reader.value(.variant)
        }
    }

    @Test(arguments: ["a", "(", "()", "(y", "{sv}", "a{vs}", "a{s}", "a{sss}", "z", "y)", "a{sv"])
    func signaturesThatAreNoneAreRefused(_ signature: String) {
        #expect(throws: DBusError.self) { try DBusType.all(in: signature) }
    }
}
