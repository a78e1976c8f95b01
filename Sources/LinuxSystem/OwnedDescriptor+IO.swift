import Glibc

extension OwnedDescriptor {
    /// Reads once into `buffer`; 0 at the end of the file. `EAGAIN` is thrown when a non-blocking descriptor is empty.
    public borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let fd = rawValue
        let count = retrying { Glibc.read(fd, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw SystemError.last("read") }
        return count
    }

    /// Reads once at `offset` without moving the position, as collectors do with kernel files; returns the bytes read.
    public borrowing func pread(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64 = 0
    ) throws(SystemError) -> Int {
        let fd = rawValue
        let count = retrying { Glibc.pread(fd, buffer.baseAddress, buffer.count, off_t(offset)) }
        guard count >= 0 else { throw SystemError.last("pread") }
        return count
    }

    /// Reads to the end; throws `EFBIG` when there is more than `limit` bytes, so that no file can fill memory.
    public borrowing func readAll(limit: Int = 64 << 20) throws(SystemError) -> [UInt8] {
        let fd = rawValue
        var facts = stat()
        // Kernel files say 0 and still have content, so the size is only a first guess.
        let guess = fstat(fd, &facts) == 0 && facts.st_size > 0 ? Int(facts.st_size) + 1 : 4096
        var bytes: [UInt8] = []
        var chunk = min(max(guess, 512), 1 << 20)
        while true {
            let size = chunk
            var failure: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                let got = retrying { Glibc.read(fd, buffer.baseAddress, size) }
                if got < 0 { failure = errno }
                count = max(got, 0)
            }
            guard failure == 0 else { throw SystemError(failure, "read") }
            if piece.isEmpty { return bytes }
            guard bytes.count + piece.count <= limit else { throw SystemError(EFBIG, "read") }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            chunk = min(chunk * 2, 1 << 20)
        }
    }

    /// Writes everything. Meant for files, pipes and blocking sockets.
    public borrowing func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        let fd = rawValue
        var done = 0
        while done < bytes.count {
            let from = done
            let count = bytes.withUnsafeBytes { buffer in
                retrying { Glibc.write(fd, buffer.baseAddress.map { $0 + from }, buffer.count - from) }
            }
            guard count >= 0 else { throw SystemError.last("write") }
            done += count
        }
    }

    /// Writes once; returns how many bytes were taken. `EAGAIN` is thrown when a non-blocking descriptor is full.
    public borrowing func write(_ buffer: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        let fd = rawValue
        let count = retrying { Glibc.write(fd, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw SystemError.last("write") }
        return count
    }

    /// fstat(2).
    public borrowing func status() throws(SystemError) -> FileStatus {
        var facts = stat()
        guard fstat(rawValue, &facts) == 0 else { throw SystemError.last("fstat") }
        return FileStatus(facts)
    }

    /// Flushes data and metadata to the disk (fsync(2)).
    public borrowing func synchronize() throws(SystemError) {
        let fd = rawValue
        guard retrying({ fsync(fd) }) == 0 else { throw SystemError.last("fsync") }
    }
}
