import Engine

/// The block I/O controller: version 2's `io.*` and version 1's `blkio.*`. BFQ, where it is the scheduler, has files of its
/// own for weights in both.
enum BlockIOController {
    static func apply(
        _ io: CgroupResources.BlockIO, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        if place?.isV2 == false {
            try setV1(io, at: place, &report)
        } else {
            try setV2(io, at: place, &report)
        }
    }

    private static func setV1(
        _ io: CgroupResources.BlockIO, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        if let weight = io.weight, weight > 0 {
            try LimitWriter.write(
                String(weight), to: "blkio.weight", "blkio.bfq.weight", at: place, field: "blkio weight", &report)
        }
        if let weight = io.leafWeight, weight > 0 {
            try LimitWriter.write(
                String(weight), to: "blkio.leaf_weight", at: place, field: "blkio leaf weight", &report)
        }
        for device in io.weightDevices {
            if let weight = device.weight {
                try LimitWriter.write(
                    "\(device.number) \(weight)", to: "blkio.weight_device", "blkio.bfq.weight_device", at: place,
                    field: "blkio weight device", &report)
            }
            if let weight = device.leafWeight {
                try LimitWriter.write(
                    "\(device.number) \(weight)", to: "blkio.leaf_weight_device", at: place,
                    field: "blkio leaf weight device", &report)
            }
        }
        for (rates, name, field) in rates(of: io, v1: true) {
            for device in rates {
                try LimitWriter.write(
                    "\(device.number) \(device.rate)", to: "blkio.throttle.\(name)_device", at: place, field: field,
                    &report)
            }
        }
    }

    private static func setV2(
        _ io: CgroupResources.BlockIO, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        let hasBFQ = place.map { ControlFile.exists($0.path("io.bfq.weight")) } ?? false
        let file = hasBFQ ? "io.bfq.weight" : "io.weight"
        func spelt(_ value: UInt16) -> String { String(hasBFQ ? Int(value) : weight(blkio: value)) }
        if let weight = io.weight, weight > 0 {
            try LimitWriter.write("default \(spelt(weight))", to: file, at: place, field: "blkio weight", &report)
        }
        for device in io.weightDevices {
            guard let weight = device.weight else { continue }
            try LimitWriter.write(
                "\(device.number) \(spelt(weight))", to: file, at: place, field: "blkio weight device", &report)
        }
        if io.leafWeight ?? 0 > 0 || io.weightDevices.contains(where: { $0.leafWeight ?? 0 > 0 }) {
            try report.cannot("blkio leaf weight", because: "cgroups of version 2 have no such setting")
        }
        for (rates, name, field) in rates(of: io, v1: false) {
            for device in rates {
                let rate = device.rate == 0 ? "max" : String(device.rate)
                try LimitWriter.write(
                    "\(device.number) \(name)=\(rate)", to: "io.max", at: place, field: field, &report)
            }
        }
    }

    private static func rates(
        of io: CgroupResources.BlockIO, v1: Bool
    ) -> [([CgroupResources.DeviceRate], String, String)] {
        [
            (io.readBps, v1 ? "read_bps" : "rbps", "device read bps"),
            (io.writeBps, v1 ? "write_bps" : "wbps", "device write bps"),
            (io.readIOPS, v1 ? "read_iops" : "riops", "device read iops"),
            (io.writeIOPS, v1 ? "write_iops" : "wiops", "device write iops"),
        ]
    }

    /// Version 1's weight (10 to 1000) as version 2's (1 to 10000), in a straight line as runc and crun have it.
    static func weight(blkio: UInt16) -> Int {
        let weight = min(1000, max(10, Int(blkio)))
        return 1 + (weight - 10) * 9999 / 990
    }
}

extension CgroupResources.DeviceRate {
    var number: String { "\(major):\(minor)" }
}

extension CgroupResources.DeviceWeight {
    var number: String { "\(major):\(minor)" }
}
