import Engine
import Testing

@testable import Images

struct ImageHierarchyTests {
    private func member(_ name: String, _ layers: String) -> ImageHierarchy.Member {
        let diffIDs = layers.map { String($0) }
        let image = Image(
            id: ImageID(rawValue: name), tags: [name], digest: "", createdAt: nil, size: 0, architecture: "amd64",
            os: "linux", layerCount: diffIDs.count)
        // A layer's size is its letter's place in the alphabet.
        return .init(image: image, layers: diffIDs.map { ($0, Int64($0.utf8.first.map { $0 - 96 } ?? 0)) })
    }

    private func text(_ nodes: [ImageTreeNode], _ indent: String = "") -> [String] {
        nodes.flatMap { node in
            let names = node.images.map(\.id.rawValue).joined(separator: ",")
            return ["\(indent)[\(names)] \(node.layers.joined()) \(node.size)/\(node.totalSize)"]
                + text(node.children, indent + " ")
        }
    }

    private func tree(_ members: ImageHierarchy.Member...) -> [String] { text(ImageHierarchy.nodes(members)) }

    @Test func noImagesMakeNoTree() { #expect(tree() == []) }

    @Test func layersInARowAreOnePlace() {
        #expect(tree(member("one", "abc")) == ["[one] abc 6/6"])
    }

    @Test func anImageStandsOnItsBase() {
        #expect(
            tree(member("app", "abcd"), member("base", "ab"))
                == ["[base] ab 3/3", " [app] cd 7/10"])
    }

    @Test func imagesThatBranchOffShareAPlaceWithoutAName() {
        #expect(
            tree(member("x", "abc"), member("y", "abd"), member("z", "abde"))
                == ["[] ab 3/3", " [y] d 4/7", "  [z] e 5/12", " [x] c 3/6"])
    }

    @Test func imagesOfTheSameLayersStandTogether() {
        #expect(tree(member("x", "ab"), member("w", "ab")) == ["[w,x] ab 3/3"])
    }

    @Test func imagesThatShareNothingAreApartMostBytesFirst() {
        #expect(
            tree(member("x", "a"), member("y", "bc"), member("z", "ca")) == ["[y] bc 5/5", "[z] ca 4/4", "[x] a 1/1"])
    }

    @Test func theSameLayerElsewhereIsNotShared() {
        #expect(tree(member("x", "ab"), member("y", "b")) == ["[x] ab 3/3", "[y] b 2/2"])
    }

    @Test func anImageWithoutLayersStandsAlone() {
        #expect(tree(member("empty", ""), member("x", "a")) == ["[x] a 1/1", "[empty]  0/0"])
    }
}
