// swift-tools-version:6.2
import PackageDescription

// Everything is linked statically but the C libraries, so that one file is one installation.
let language: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
let staticRuntime =
    language + [
        .unsafeFlags(["-static-stdlib"]),
        // What lies beneath FoundationEssentials exists as archives only: the program names them itself, and tests, which
        // link the shared libraries, must not be told to look for them.
        .unsafeFlags(
            ["_FoundationCShims", "_FoundationCollections"].flatMap { name in
                ["-Xfrontend", "-disable-autolink-library", "-Xfrontend", name]
            }),
    ]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: staticRuntime)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)", resources: resources,
        swiftSettings: language)
}

let package = Package(
    name: "spyhop",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "CMonitorWire"),
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),

        room("Engine"),
        room("LinuxSystem", ["CLinux"]),
        room("OCI", ["Engine"]),
        room("Cgroups", ["CLinux", "LinuxSystem", "Engine"]),
        room("Collector", ["Cgroups", "LinuxSystem", "Engine"]),
        room("Runtime", ["OCI", "Cgroups", "LinuxSystem", "CMonitorWire", "CSeccomp", "Engine"]),
        room("Images", ["OCI", "LinuxSystem", "CArchive", "Engine", crypto]),
        // Not marked for static linking because GRDB is not: the same as with Terminal and Yams.
        .target(
            name: "LocalEngine",
            dependencies: ["Runtime", "Images", "Cgroups", "LinuxSystem", "OCI", "Engine", database, logging],
            swiftSettings: language),
        // The themes travel inside the program; themes/ stays the single place where they are written. Like Yams it is
        // not marked for static linking: the mark would ask for libraries that only a static link finds, and the tests'
        // is none.
        .target(
            name: "Terminal", dependencies: ["CNcurses", yaml], resources: [.embedInCode("Resources")],
            swiftSettings: language),
        // It stands on Terminal, and so is as it is.
        .target(name: "Dashboard", dependencies: ["Engine", "Terminal"], swiftSettings: language),
        .target(
            name: "SpyhopCommands",
            dependencies: [
                "Engine", "LocalEngine", "Collector", "Dashboard", "Terminal", "Images", "Runtime", "Cgroups",
                "LinuxSystem", "OCI", argumentParser, yaml, logging,
            ],
            path: "Sources/spyhop", exclude: ["Main"], swiftSettings: language),
        // The program alone, apart from its commands: its link flags would reach every test that depends on it.
        .executableTarget(
            name: "spyhop",
            dependencies: ["SpyhopCommands"],
            path: "Sources/spyhop/Main",
            swiftSettings: staticRuntime,
            // A position-dependent program starts in half the time: nothing is left to relocate.
            linkerSettings: [
                .unsafeFlags(["-static-stdlib", "-Xclang-linker", "-no-pie", "-Xlinker", "--gc-sections"]),
                // Yams and GRDB use Foundation, but are not built for static linking and so do not name what is beneath it.
                .unsafeFlags([
                    "-lCoreFoundation", "-l_CFXMLInterface", "-lFoundationInternationalization",
                    "-lFoundationEssentials", "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU",
                ]),
            ]),
        // Embedded Swift: tens of kilobytes, no runtime, so that a running container costs next to nothing.
        .executableTarget(
            name: "spyhop-monitor",
            dependencies: ["CLinux", "CMonitorWire"],
            path: "Sources/Monitor",
            swiftSettings: [.enableExperimentalFeature("Embedded"), .unsafeFlags(["-wmo", "-Osize"])],
            // With C's library inside it starts in two thirds of the time and keeps a third less memory to itself.
            linkerSettings: [
                .unsafeFlags([
                    "-Xclang-linker", "-static", "-Xclang-linker", "-Wno-unused-command-line-argument",
                    "-Xlinker", "--gc-sections",
                ])
            ]),

        tests("Architecture", []),
        tests("Engine", ["Engine"]),
        tests("LinuxSystem", ["LinuxSystem"]),
        tests("Cgroups", ["Cgroups", "LinuxSystem", "Engine"]),
        tests("Collector", ["Collector", "Cgroups", "LinuxSystem", "Engine"]),
        tests("Runtime", ["Runtime", "OCI", "CMonitorWire", "CSeccomp", "Engine", "LinuxSystem", "Cgroups"]),
        tests("Images", ["Images", "OCI", "Engine", "LinuxSystem"]),
        tests("LocalEngine", ["LocalEngine", "Engine", "Images", "LinuxSystem", logging]),
        tests("Terminal", ["Terminal", "CNcurses"]),
        tests("Dashboard", ["Dashboard", "Terminal", "Engine"]),
        tests("Spyhop", ["SpyhopCommands", "Engine", argumentParser]),
        .systemLibrary(name: "CVTerm", path: "Tests/CVTerm", pkgConfig: "vterm", providers: [.apt(["libvterm-dev"])]),
        tests("EndToEnd", ["CVTerm"]),
    ],
    swiftLanguageModes: [.v6]
)
