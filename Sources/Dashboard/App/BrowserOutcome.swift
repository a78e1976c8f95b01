/// What came of showing an address in a browser.
public enum BrowserOutcome: Sendable, Hashable {
    /// A program took it; its name.
    case opened(String)
    /// There is no display here, or no program that could show it; why, in words.
    case nowhere(String)
    /// The program could not show it; why, in words.
    case failed(String)
}
