import Engine

/// Showing what a container serves in a browser.
extension DashboardState {
    /// One published port is opened at once; of several the person chooses.
    mutating func askBrowse() -> [Effect] {
        guard let container = selected else {
            tell(.information, words("no container is selected"))
            return []
        }
        let addresses = container.browserAddresses
        guard let first = addresses.first else {
            let why =
                !container.state.isAlive
                ? words("it does not run")
                : container.ports.isEmpty ? words("it publishes no port") : words("it publishes no port of TCP")
            tell(.information, words("nothing of \(container.name) can be shown in a browser: \(why)"))
            return []
        }
        guard addresses.count > 1 else { return [.browse(first.url)] }
        dialog = ChoiceDialog(
            kind: .list, title: words("Open \(container.name) in the browser"),
            items: addresses.map {
                ChoiceDialog.Item(
                    label: $0.url, note: words("port \($0.port.container.number) inside"), choice: .browse($0.url))
            } + [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)])
        return []
    }

    /// Where nothing could show it, the address is on the screen and in the clipboard.
    mutating func receive(_ address: String, _ outcome: BrowserOutcome) -> [Effect] {
        switch outcome {
        case .opened(let program):
            tell(.success, words("\(address) is opened by \(program)"))
            return []
        case .nowhere(let why): tell(.information, words("\(address) is copied: \(why)"))
        case .failed(let why): tell(.failure, words("cannot open \(address): \(why) (it is copied)"))
        }
        return [.copy(address)]
    }
}
