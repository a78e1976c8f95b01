import HTTP
import Testing

@testable import Registry

struct LinkHeaderTests {
    @Test func theNextPageIsFound() {
        #expect(LinkHeader.next(in: ["</v2/a/tags/list?n=2&last=b>; rel=\"next\""]) == "/v2/a/tags/list?n=2&last=b")
        #expect(LinkHeader.next(in: ["<first>; rel=first, <x?a=1,2>; title=\"a, b\"; rel=\"other NEXT\""]) == "x?a=1,2")
        #expect(LinkHeader.next(in: ["<a>; rel=prev", "<b>;rel=next"]) == "b")
    }

    @Test(arguments: ["", "<", "<>", "a; rel=next", "<a>; rel=\"next", "<a>; rel=previous", "<a>"])
    func whatIsNoLinkLeadsNowhere(field: String) { #expect(LinkHeader.next(in: [field]) == nil) }
}
