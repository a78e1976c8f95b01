// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "spyhop-benchmarks",
    targets: [
        .executableTarget(name: "spyhop-benchmarks", path: "Sources/SpyhopBenchmarks"),
        .executableTarget(name: "floor", path: "Sources/Floor"),
        .executableTarget(
            name: "unpacking", path: "Sources/Unpacking",
            linkerSettings: [.linkedLibrary("z"), .linkedLibrary("crypto")]),
    ],
    swiftLanguageModes: [.v6]
)
