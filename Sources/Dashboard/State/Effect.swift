import Engine

/// What an update wants done; the runner does it and answers with messages.
enum Effect: Sendable, Hashable {
    case loadContainers
    case loadContainer(ContainerID)
    case loadImages
    case loadNetworks
    case loadVolumes
    /// What the volumes hold, which takes as long as walking through them.
    case countVolumes
    case stopCounting
    case inspect(ContainerID)
    case inspectImage(ImageID)
    case perform(Operation, [Target])
    case removeImages([ImageTarget], force: Bool)
    /// Removes all names of images, one after the other, without force.
    case pruneImages([ImageTarget])
    case tagImage(ImageTarget, String)
    /// What images have in common.
    case loadShares
    /// All files of an image, and its history.
    case explore(ImageID)
    case prepareFiles(FilesRequest)
    case stopExploring
    case transfer(Transfer.Request)
    case stopTransfer(Int)
    case searchRegistry(String)
    case remoteTags(String)
    case run(RunForm)
    case build(Int, BuildForm)
    case stopBuild(Int)
    /// Lets a failed step go.
    case releaseBuild(Int)
    case forgetBuild(Int)
    /// What of builds is on the screen from now on.
    case watchBuild(BuildWatch?)
    /// A shell in a build's failed step.
    case enterStep(Int)
    case change(ResourceChange)
    /// The figures of graphs that are on the screen, from now on.
    case watch([HistoryQuery])
    /// The small graphs of rows that have appeared.
    case traces([ContainerID])
    case shell(ContainerID)
    case attach(ContainerID)
    /// Shows an address in the person's browser.
    case browse(String)
    /// The terminal rings.
    case ring
    /// A notification of the desktop: title and text.
    case notify(String, String)
    /// Puts text into the terminal's clipboard.
    case copy(String)
    /// Something for a pinned pane, whose answers go to it alone.
    indirect case pinned(Pane, Effect)
    /// Saves what is on the screen, or the focused table.
    case dump(DumpFormat, table: String?)
    /// Puts into the clipboard what was selected with the mouse.
    case copySelection(PaneSelection)
    /// Plain lines for a screen reader, or the screen again.
    case read(Bool)
    /// Other colours, by name.
    case theme(String)
    /// Something of a pane's own.
    case errand(PaneErrand)
    /// Stops waiting for what was begun, by what it does and to what.
    case cancel(String, String)
    /// Ends what a pane has under way in a slot.
    case endErrand(Pane, slot: String)
    case remember(DashboardMemory.Change)
    /// Reads the configuration again.
    case reload
    /// An errand that has the terminal to itself.
    case terminal(PaneErrand)
    case redraw
    case suspend
    case quit

    /// A container, and its name for the outcome.
    struct Target: Sendable, Hashable {
        var id: ContainerID
        var name: String
    }

    /// An image, and its name for the outcome.
    struct ImageTarget: Sendable, Hashable {
        var id: ImageID
        var name: String
        /// All its names; empty where they do not matter.
        var tags: [String] = []
    }
}
