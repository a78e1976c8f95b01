import Engine
import Testing

@testable import Dashboard

/// Figures that no kernel gives, but an engine elsewhere might: what the fuzzer has found.
struct HostileFigureTests {
    @Test func sizesWithoutMeasureAreSummedUp() {
        let change = FileChange(kind: .added, path: "/a/b", size: .max)
        var rows = ChangeRows()
        rows.take([change, FileChange(kind: .changed, path: "/a/c", size: .max)])
        #expect(rows.written == .max)

        var usage = Scenery.diskUsage
        usage.images = Scenery.images.map { DiskUsage.ImageUsage(image: $0, shared: .min, containers: 0) }
        usage.containers = Scenery.containers.map { DiskUsage.ContainerUsage(container: $0, written: .max) }
        usage.layers = .max
        var taken = UsageRows()
        taken.take(usage)
        #expect(taken.total == .max)
        #expect(taken.largest == .max)
    }

    @Test func layersWithoutMeasureAreSummedUp() {
        var layers = Scenery.layers
        layers.layers = layers.layers.map { layer in
            var layer = layer
            layer.size = .max
            return layer
        }
        layers.waste = layers.waste.map { waste in
            var waste = waste
            waste.bytes = .min
            return waste
        }
        let files = ImageFiles(layers)
        #expect(files.total == .max)
        #expect(files.wasted == .min)
    }

    @Test(arguments: [Int64.min, -1, .max], [Int64.min, -1, .max])
    func aFileOfAnySizeIsLookedAt(offset: Int64, size: Int64) {
        var viewer = FileViewer(ContainerPath("/a"))
        let version = FileVersion(size: size, modifiedAt: Scenery.now, changedAt: Scenery.now)
        let stretch = FileStretch(bytes: Array("one\ntwo\n".utf8), offset: offset, version: version)
        viewer.take(stretch, width: 40, height: 10)
        for isHex in [false, true] {
            viewer.isHex = isHex
            viewer.go(to: offset)
            viewer.move(100, width: 40, height: 10)
            viewer.move(-100, width: 40, height: 10)
        }
        #expect(viewer.size >= 8)
        #expect((0...100).contains(viewer.percent(height: 10)))
    }
}
