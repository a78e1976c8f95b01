@testable import Dashboard

/// The cases of `Message` by name: a new one is no surprise to the fuzzer until it is written down here.
enum MessageKind: CaseIterable {
    case key, paste, mouse, resized, clock, frame, histories, traces, containers, container, images, networks, volumes
    case volumesCounted, events, eventsRestarted, details, imageDetails, performed, imagesRemoved, imageTagged, shares
    case imageFiles, imageHistory, filesPrepared, transfer, transferEnded, found, remoteTags, ran, build, changed,
        browsed
    case shellEnded, notice, pinned, dumped, deedEnded, news, answer

    init(_ message: Message) {
        switch message {
        case .key: self = .key
        case .paste: self = .paste
        case .mouse: self = .mouse
        case .resized: self = .resized
        case .clock: self = .clock
        case .frame: self = .frame
        case .histories: self = .histories
        case .traces: self = .traces
        case .containers: self = .containers
        case .container: self = .container
        case .images: self = .images
        case .networks: self = .networks
        case .volumes: self = .volumes
        case .volumesCounted: self = .volumesCounted
        case .events: self = .events
        case .eventsRestarted: self = .eventsRestarted
        case .details: self = .details
        case .imageDetails: self = .imageDetails
        case .performed: self = .performed
        case .imagesRemoved: self = .imagesRemoved
        case .imageTagged: self = .imageTagged
        case .shares: self = .shares
        case .imageFiles: self = .imageFiles
        case .imageHistory: self = .imageHistory
        case .filesPrepared: self = .filesPrepared
        case .transfer: self = .transfer
        case .transferEnded: self = .transferEnded
        case .found: self = .found
        case .remoteTags: self = .remoteTags
        case .ran: self = .ran
        case .build: self = .build
        case .changed: self = .changed
        case .browsed: self = .browsed
        case .shellEnded: self = .shellEnded
        case .notice: self = .notice
        case .pinned: self = .pinned
        case .dumped: self = .dumped
        case .deedEnded: self = .deedEnded
        case .news: self = .news
        case .answer: self = .answer
        }
    }
}
