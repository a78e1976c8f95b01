/// Builds messages one behind the other, as one datagram. Integers of netlink itself are in host order.
struct NetlinkBatch {
    /// The number of a batch's first message; each further one has the next.
    static let firstSequence: UInt32 = 1

    private(set) var bytes: [UInt8] = []
    private var sequence = NetlinkBatch.firstSequence

    /// NLM_F_* of requests.
    struct Flags: OptionSet {
        let rawValue: UInt16
        static let request = Flags(rawValue: 0x1)
        static let acknowledge = Flags(rawValue: 0x4)
        static let exclusive = Flags(rawValue: 0x200)
        static let create = Flags(rawValue: 0x400)
        static let append = Flags(rawValue: 0x800)
        static let dump = Flags(rawValue: 0x300)
    }

    /// One message: header, then what `body` writes.
    mutating func message(_ type: UInt16, _ flags: Flags, _ body: (inout NetlinkBatch) -> Void) {
        let start = bytes.count
        write(UInt32(0))
        write(type)
        write(flags.union(.request).rawValue)
        write(sequence)
        write(UInt32(0))
        sequence &+= 1
        body(&self)
        store(UInt32(truncatingIfNeeded: bytes.count - start), at: start)
        pad()
    }

    /// An attribute whose value `body` writes; with nested ones in it `isNested`. Answers the offset of the value.
    @discardableResult
    mutating func attribute(_ type: UInt16, isNested: Bool = false, _ body: (inout NetlinkBatch) -> Void) -> Int {
        let start = bytes.count
        write(UInt16(0))
        write(isNested ? type | 0x8000 : type)
        body(&self)
        store(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
        pad()
        return start + 4
    }

    mutating func nested(_ type: UInt16, _ body: (inout NetlinkBatch) -> Void) {
        attribute(type, isNested: true, body)
    }

    /// A number in host order.
    mutating func attribute(_ type: UInt16, _ number: some FixedWidthInteger) { attribute(type) { $0.write(number) } }

    /// A number in network order, as nf_tables wants them.
    mutating func attribute(_ type: UInt16, bigEndian number: some FixedWidthInteger) {
        attribute(type) { $0.write(number.bigEndian) }
    }

    mutating func attribute(_ type: UInt16, _ value: [UInt8]) { attribute(type) { $0.bytes += value } }

    /// A text with its NUL.
    mutating func attribute(_ type: UInt16, _ text: String) {
        attribute(type) {
            $0.bytes += text.utf8
            $0.bytes.append(0)
        }
    }

    mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number) { bytes += $0 }
    }

    mutating func write(_ value: [UInt8]) { bytes += value }

    private mutating func store(_ number: some FixedWidthInteger, at offset: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: offset, as: type(of: number)) }
    }

    private mutating func pad() { while bytes.count & 3 != 0 { bytes.append(0) } }
}
