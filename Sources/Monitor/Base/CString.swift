import CLinux

/// A string of C, ending with NUL.
typealias CString = UnsafePointer<CChar>

extension StaticString {
    /// The literal as C sees it; it lives as long as the program.
    var c: CString { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}

/// Tells whether two C strings are the same.
func same(_ left: CString, _ right: StaticString) -> Bool { strcmp(left, right.c) == 0 }

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let slash = UInt8(ascii: "/")
    static let space = UInt8(ascii: " ")
}
