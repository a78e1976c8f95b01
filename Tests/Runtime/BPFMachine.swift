/// Runs a seccomp program on one system call, as the kernel would (struct sock_filter; <linux/filter.h>).
struct BPFMachine {
    struct Instruction {
        var code: UInt16
        var ifTrue: UInt8
        var ifFalse: UInt8
        var value: UInt32
    }

    enum Verdict: Equatable {
        case allow
        case errno(UInt32)
        case other(UInt32)
    }

    let program: [Instruction]

    init(_ bytes: [UInt8]) {
        program = bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: buffer.count, by: 8).map { offset in
                Instruction(
                    code: buffer.loadUnaligned(fromByteOffset: offset, as: UInt16.self), ifTrue: buffer[offset + 2],
                    ifFalse: buffer[offset + 3],
                    value: buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
            }
        }
    }

    /// The verdict on a call; `architecture` is an AUDIT_ARCH_* value. `nil` when the program is malformed.
    func verdict(_ number: Int32, _ arguments: [UInt64] = [], architecture: UInt32 = 0xc000_003e) -> Verdict? {
        var data = [UInt8](repeating: 0, count: 64)
        data.withUnsafeMutableBytes { buffer in
            buffer.storeBytes(of: number, toByteOffset: 0, as: Int32.self)
            buffer.storeBytes(of: architecture, toByteOffset: 4, as: UInt32.self)
            for (index, argument) in arguments.enumerated() {
                buffer.storeBytes(of: argument, toByteOffset: 16 + 8 * index, as: UInt64.self)
            }
        }
        var accumulator: UInt32 = 0
        var counter = 0
        while program.indices.contains(counter) {
            let step = program[counter]
            counter += 1
            switch step.code {
            case 0x20:
                guard Int(step.value) + 4 <= data.count else { return nil }
                accumulator = data.withUnsafeBytes {
                    $0.loadUnaligned(fromByteOffset: Int(step.value), as: UInt32.self)
                }
            case 0x54: accumulator &= step.value
            case 0x05: counter += Int(step.value)
            case 0x15: counter += Int(accumulator == step.value ? step.ifTrue : step.ifFalse)
            case 0x25: counter += Int(accumulator > step.value ? step.ifTrue : step.ifFalse)
            case 0x35: counter += Int(accumulator >= step.value ? step.ifTrue : step.ifFalse)
            case 0x45: counter += Int(accumulator & step.value != 0 ? step.ifTrue : step.ifFalse)
            case 0x06: return Self.decode(step.value)
            default: return nil
            }
        }
        return nil
    }

    private static func decode(_ value: UInt32) -> Verdict {
        switch value & 0xffff_0000 {
        case 0x7fff_0000: .allow
        case 0x0005_0000: .errno(value & 0xffff)
        default: .other(value)
        }
    }
}
