/// A list of processors, `0-2,7`, as the bit mask that sched_setaffinity(2) takes.
enum CPUMask {
    static func bytes(_ list: String) -> [UInt8] {
        // 1024 processors, as many as glibc's cpu_set_t.
        var mask = [UInt8](repeating: 0, count: 128)
        for part in list.split(separator: ",") {
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first >= 0, first <= last else { continue }
            for number in first...min(last, mask.count * 8 - 1) where number / 8 < mask.count {
                mask[number / 8] |= 1 << UInt8(number % 8)
            }
        }
        return mask
    }
}
