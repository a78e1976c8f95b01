import Engine

/// Makes up names such as `drifting_orca` for containers that were given none.
enum NameGenerator {
    private static let qualities = [
        "amber", "ancient", "arctic", "azure", "balmy", "barnacled", "blithe", "bold", "bouncing", "brave", "breezy",
        "bright", "briny", "bubbling", "buoyant", "calm", "cheerful", "clear", "clever", "coral", "cosmic", "crested",
        "curious", "daring", "dappled", "deep", "diving", "drifting", "eager", "elegant", "floating", "foaming",
        "gentle",
        "gliding", "golden", "graceful", "happy", "hidden", "honest", "humming", "jolly", "keen", "lively", "lucid",
        "lunar", "merry", "mighty", "misty", "nimble", "noble", "opal", "patient", "pearly", "placid", "playful",
        "polar",
        "proud", "quick", "quiet", "rippling", "roaming", "rolling", "salty", "sandy", "serene", "shimmering", "silent",
        "silver", "singing", "sleepy", "sparkling", "splashing", "starry", "steady", "stormy", "sunlit", "swift",
        "tidal", "tranquil", "tropical", "turquoise", "valiant", "vivid", "wandering", "warm", "wavy", "wild", "wise",
        "wondering", "zesty",
    ]
    private static let creatures = [
        "albatross", "anchovy", "anemone", "angelfish", "archerfish", "auk", "barnacle", "barracuda", "beluga",
        "bluefin", "bonito", "bowhead", "capelin", "clam", "clownfish", "cod", "conch", "cormorant", "cowrie", "crab",
        "cuttlefish", "damselfish", "dolphin", "dory", "dugong", "eel", "egret", "fulmar", "gannet", "goby", "grouper",
        "guillemot", "gull", "haddock", "halibut", "harp_seal", "heron", "herring", "humpback", "jellyfish", "kelp",
        "krill", "lamprey", "limpet", "lobster", "mackerel", "manatee", "manta", "marlin", "minke", "mussel",
        "narwhal", "nautilus", "octopus", "orca", "otter", "oyster", "pelican", "penguin", "petrel", "plaice",
        "plankton", "porpoise", "prawn", "puffin", "remora", "rorqual", "sailfish", "salmon", "sandpiper", "sardine",
        "scallop", "seahorse", "sealion", "shearwater", "shrimp", "skate", "sole", "sponge", "sprat", "squid",
        "starfish", "stingray", "sturgeon", "sunfish", "swordfish", "tern", "triton", "tuna", "turbot", "turtle",
        "urchin", "vaquita", "walrus", "wrasse",
    ]

    /// A name; after some that were taken, one with digits that is hardly ever taken.
    static func name(attempt: Int) -> String {
        let quality = qualities.randomElement() ?? "drifting"
        let creature = creatures.randomElement() ?? "orca"
        let name = "\(quality)_\(creature)"
        return attempt < 3 ? name : "\(name)_\(Int.random(in: 1000...999_999))"
    }

    /// Docker's rule for names: `[a-zA-Z0-9][a-zA-Z0-9_.-]+`.
    static func check(_ name: String) throws(EngineError) {
        let bytes = Array(name.utf8)
        let isValid =
            bytes.count > 1 && bytes.count <= 255 && isAlphanumeric(bytes[0])
            && bytes.allSatisfy { isAlphanumeric($0) || $0 == 0x5f || $0 == 0x2e || $0 == 0x2d }
        guard isValid else {
            throw EngineError(
                .invalidArgument, "\"\(name)\" is no container name",
                hint: "two or more of a-z A-Z 0-9 _ . -, a letter or digit first")
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
