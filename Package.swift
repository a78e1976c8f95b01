// swift-tools-version:6.2
import PackageDescription

let language: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let networking: [Target.Dependency] = [
    .product(name: "AsyncHTTPClient", package: "async-http-client"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: language)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], beside: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)", exclude: beside,
        swiftSettings: language)
}

let package = Package(
    name: "spyhop",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "CMonitorWire"),
        .target(name: "CSearch"),
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
        .target(name: "CVTerm", linkerSettings: [.linkedLibrary("vterm")]),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CCompression", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev", "zlib1g-dev"])]),

        room("Engine"),
        room("Search", ["CPCRE2", "CSearch"]),
        room("LinuxSystem", ["CLinux"]),
        room("Rootless", ["CLinux", "LinuxSystem", "Engine"]),
        room("Doctor", ["CLinux", "Rootless", "Cgroups", "LinuxSystem"]),
        room("OCI", ["Engine", crypto]),
        room("DBus", ["CLinux", "LinuxSystem"]),
        room("Networking", ["CLinux", "LinuxSystem", "Engine"]),
        room("Cgroups", ["CLinux", "LinuxSystem", "DBus", "Engine"]),
        room("Collector", ["Cgroups", "LinuxSystem", "Engine"]),
        room("Runtime", ["CLinux", "OCI", "Cgroups", "LinuxSystem", "CMonitorWire", "CSeccomp", "Engine"]),
        room("Images", ["OCI", "LinuxSystem", "CArchive", "CCompression", "Engine", crypto]),
        room("Dockerfile", ["Engine"]),
        room("Build", ["Dockerfile", "Images", "OCI", "CLinux", "LinuxSystem", "Engine", crypto]),
        room("HTTP", networking),
        room("Registry", ["OCI", "HTTP", "LinuxSystem", "Engine", crypto]),
        room(
            "LocalEngine",
            [
                "Runtime", "Images", "Build", "Registry", "Networking", "Rootless", "Cgroups", "LinuxSystem",
                "OCI", "Search", "Engine", database, logging,
            ]),
        room("DockerEngine", ["HTTP", "Engine"]),
        room("HostEngine", ["Cgroups", "LinuxSystem", "Engine"]),
        room("Merging", ["Engine"]),
        // The themes travel inside the program; themes/ stays the single place where they are written.
        .target(
            name: "Terminal", dependencies: ["CNcurses", yaml], resources: [.embedInCode("Resources")],
            swiftSettings: language),
        room("Emulator", ["CVTerm", "Terminal"]),
        room("Dashboard", ["Engine", "Search", "Terminal", "Emulator"]),
        .target(
            name: "SpyhopCommands",
            dependencies: [
                "Engine", "LocalEngine", "Dockerfile", "DockerEngine", "HostEngine", "Merging", "HTTP", "Collector",
                "Dashboard",
                "Terminal", "Images", "Registry", "Runtime",
                "Networking",
                "Cgroups",
                "LinuxSystem", "OCI", "Rootless", "Doctor", argumentParser, yaml, logging,
            ],
            path: "Sources/spyhop", exclude: ["Main"], swiftSettings: language),
        // The program alone, apart from its commands: its link flags would reach every test that depends on it.
        .executableTarget(
            name: "spyhop",
            dependencies: ["SpyhopCommands"],
            path: "Sources/spyhop/Main",
            swiftSettings: language,
            // Wholly static, so that one file is one installation and starts in a third of the time: nothing is looked for
            // and nothing relocated. The libraries beneath Foundation are named because what is compiled for shared
            // libraries, as Yams and GRDB are, does not name them; the ones beneath libarchive because archives never do.
            linkerSettings: [
                .unsafeFlags([
                    "-static-executable", "-use-ld=lld", "-Xlinker", "--gc-sections",
                    "-lz", "-lzstd", "-llzma", "-lbz2", "-llz4", "-ltinfo",
                    "-lCoreFoundation", "-l_CFXMLInterface", "-lFoundationInternationalization",
                    "-lFoundationEssentials", "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU",
                ])
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
        tests("Search", ["Search"]),
        tests("Rootless", ["CLinux", "Rootless", "LinuxSystem"]),
        tests("Doctor", ["Doctor"]),
        tests("LinuxSystem", ["LinuxSystem"]),
        tests("OCI", ["OCI", "Engine"]),
        tests("DBus", ["DBus", "LinuxSystem", "Harness"]),
        tests("Networking", ["Networking", "CLinux", "LinuxSystem", "Engine", "Harness"]),
        tests("Cgroups", ["Cgroups", "LinuxSystem", "DBus", "Engine", "Harness"]),
        tests("Collector", ["Collector", "Cgroups", "LinuxSystem", "Engine"]),
        tests(
            "Runtime",
            [
                "Runtime", "Networking", "OCI", "CMonitorWire", "CSeccomp", "Engine", "LinuxSystem", "Cgroups",
                "CLinux",
                "Harness",
            ]),
        tests("Images", ["Images", "OCI", "Engine", "LinuxSystem", "Harness"]),
        tests("Dockerfile", ["Dockerfile", "Engine"], beside: ["Fixtures"]),
        tests("Build", ["Build", "Dockerfile", "Images", "OCI", "Engine", "LinuxSystem", "Harness"]),
        tests("HTTP", ["HTTP", "Harness"]),
        tests("Registry", ["Registry", "HTTP", "OCI", "Engine", "LinuxSystem", "Harness"]),
        tests("LocalEngine", ["LocalEngine", "Search", "Engine", "Images", "LinuxSystem", logging]),
        tests("DockerEngine", ["DockerEngine", "HTTP", "Engine", "Harness"], beside: ["Recorded"]),
        tests("HostEngine", ["HostEngine", "Cgroups", "LinuxSystem", "Engine", "Harness"]),
        tests("Merging", ["Merging", "Engine"]),
        tests("Terminal", ["Terminal", "CNcurses", "CVTerm"]),
        tests("Emulator", ["Emulator", "Terminal"]),
        tests("Dashboard", ["Emulator", "Dashboard", "Terminal", "Search", "Engine", yaml], beside: ["Golden"]),
        tests("Spyhop", ["SpyhopCommands", "Dashboard", "Terminal", "LinuxSystem", "HTTP", "Engine", argumentParser]),
        // What end-to-end tests and the conformance suite share.
        .target(name: "Harness", dependencies: ["CLinux"], path: "Tests/Harness", swiftSettings: language),
        tests("EndToEnd", ["CVTerm", "Harness", crypto], beside: ["VirtualMachine", "Attacker", "Peer"]),
        tests("Conformance", ["Harness"], beside: ["Probe", "compare"]),
    ],
    swiftLanguageModes: [.v6]
)
