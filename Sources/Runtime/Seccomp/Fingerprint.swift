/// FNV-1a, 64 bits: tells content apart that nobody forges; what must be exact is compared besides.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    mutating func add(_ text: StaticString) { text.withUTF8Buffer { add($0) } }

    mutating func add(_ number: UInt64) { withUnsafeBytes(of: number) { add($0) } }
}
