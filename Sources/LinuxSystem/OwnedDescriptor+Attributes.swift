import CLinux
import Glibc

extension OwnedDescriptor {
    /// An extended attribute of the open file (xattr(7)), at most `limit` bytes; `nil` when it has none of that name.
    public borrowing func attribute(_ name: String, limit: Int = 256) -> [UInt8]? {
        let fd = rawValue
        var isThere = false
        let value = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            let length = sph_fgetxattr(fd, name, buffer.baseAddress, buffer.count)
            isThere = length >= 0
            count = max(0, length)
        }
        return isThere ? value : nil
    }
}
