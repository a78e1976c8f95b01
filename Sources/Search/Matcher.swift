import CPCRE2

/// What one thread needs to carry out a `RegularExpression`: room for the places of a match, a stack, a limit.
public struct Matcher: ~Copyable {
    /// Steps back that a pattern may take from one place on. Sensible patterns need few; one that needs more on a line
    /// would go on for minutes.
    public static let steps = 200_000

    private let expression: RegularExpression
    private let data: OpaquePointer?
    private let context: OpaquePointer?
    /// There is machine code for it: PCRE2 need not be asked whether there is.
    private let isCompiled: Bool
    /// Made when the thread's own stack has turned out too small.
    private var stack: OpaquePointer?
    /// Calls that were given up because the pattern tried too much.
    public private(set) var exhausted = 0

    /// Makes a matcher.
    public init(_ expression: RegularExpression, steps: Int = Matcher.steps) {
        self.expression = expression
        var size = 0
        isCompiled = pcre2_pattern_info_8(expression.code, UInt32(PCRE2_INFO_JITSIZE), &size) == 0 && size > 0
        data = pcre2_match_data_create_8(1, nil)
        context = pcre2_match_context_create_8(nil)
        pcre2_set_match_limit_8(context, UInt32(clamping: steps))
        pcre2_set_heap_limit_8(context, 4096)
    }

    deinit {
        pcre2_match_data_free_8(data)
        pcre2_match_context_free_8(context)
        if let stack { pcre2_jit_stack_free_8(stack) }
    }

    /// The first match at or behind `start`.
    @inline(__always)
    public mutating func firstMatch(in bytes: UnsafeRawBufferPointer, from start: Int) -> Range<Int>? {
        guard start >= 0, start <= bytes.count, let data else { return nil }
        // An empty buffer may have no address.
        let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var result = match(base, bytes.count, start, data)
        if result == PCRE2_ERROR_JIT_STACKLIMIT, stack == nil {
            stack = pcre2_jit_stack_create_8(64 << 10, 4 << 20, nil)
            pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
            result = match(base, bytes.count, start, data)
        }
        guard result >= 0 else {
            if result != PCRE2_ERROR_NOMATCH { exhausted += 1 }
            return nil
        }
        guard let places = pcre2_get_ovector_pointer_8(data), places[0] <= places[1], places[1] <= bytes.count else {
            return nil
        }
        return places[0]..<places[1]
    }

    @inline(__always)
    private func match(
        _ base: UnsafePointer<UInt8>?, _ count: Int, _ start: Int, _ data: OpaquePointer
    ) -> Int32 {
        // An empty buffer may have no address, which only the slower way takes.
        isCompiled && base != nil
            ? pcre2_jit_match_8(expression.code, base, count, start, 0, data, context)
            : pcre2_match_8(expression.code, base, count, start, 0, data, context)
    }
}
