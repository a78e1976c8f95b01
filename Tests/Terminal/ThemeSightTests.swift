import Testing

@testable import Terminal

/// Whether people can read the themes inside the program, whatever eyes they have.
struct ThemeSightTests {
    /// WCAG 2.2 asks 4.5 of text (AA) and 3 of what is large or steps back on purpose.
    private static let read: [Role] = [
        .text, .muted, .accent, .secondary, .tertiary, .title, .marked, .header, .tab, .footer, .key, .ok, .warning,
        .error, .info, .running, .paused, .restarting, .created, .dead, .stderr,
    ]
    private static let steppedBack: [Role] = [.faint, .exited, .axis, .timestamp, .focus, .whale, .scrollbar]
    private static let onTheirOwn: [Role] = [
        .selection, .activeTab, .dialog, .button, .activeButton, .input, .match,
    ]

    private func theme(_ name: String) throws -> Theme { try #require(try Theme.builtIn(name)) }

    @Test(arguments: Theme.builtInNames)
    func textCanBeReadOnEveryGround(_ name: String) throws {
        let theme = try theme(name)
        for ground in theme[.background].stops {
            for role in Self.read {
                let contrast = Sight.contrast(theme[role].foreground, ground)
                #expect(contrast >= 4.5, "\(name): \(role) on \(ground) has \(contrast)")
            }
            for role in Self.steppedBack {
                let contrast = Sight.contrast(theme[role].foreground, ground)
                #expect(contrast >= 3, "\(name): \(role) on \(ground) has \(contrast)")
            }
        }
    }

    @Test(arguments: Theme.builtInNames)
    func whatHasAGroundOfItsOwnCanBeReadOnIt(_ name: String) throws {
        let theme = try theme(name)
        for role in Self.onTheirOwn {
            let contrast = Sight.contrast(theme[role].foreground, theme[role].background)
            #expect(contrast >= 4.5, "\(name): \(role) has \(contrast)")
        }
        for role in [Role.text, .muted, .accent, .warning, .error, .key, .ok, .faint] {
            let contrast = Sight.contrast(theme[role].foreground, theme[.dialog].background)
            #expect(contrast >= 2.8, "\(name): \(role) in a dialog has \(contrast)")
        }
    }

    @Test(arguments: Theme.builtInNames)
    func graphsStandOutFromTheirGround(_ name: String) throws {
        let theme = try theme(name)
        for ground in theme[.background].stops {
            for color in theme.series {
                #expect(Sight.contrast(color, ground) >= 3, "\(name): series \(color) on \(ground)")
            }
            for role in GradientRole.allCases where role != .background {
                // The highest value of a graph must be seen from afar; its foot may rise out of the ground.
                guard let top = theme[role].stops.last, let foot = theme[role].stops.first else { continue }
                #expect(Sight.contrast(top, ground) >= 3, "\(name): top of \(role)")
                #expect(Sight.contrast(foot, ground) >= 1.5, "\(name): foot of \(role)")
            }
        }
    }

    @Test(arguments: ["okabe-ito", "okabe-ito-light", "ibm"], Sight.allCases)
    func colourBlindEyesTellApartWhatMatters(_ name: String, _ eyes: Sight) throws {
        let theme = try theme(name)
        let outcomes = [Role.ok, .warning, .error]
        let states = [Role.running, .paused, .exited, .dead]
        for roles in [outcomes, states] {
            for (first, one) in roles.enumerated() {
                for other in roles.dropFirst(first + 1) {
                    let distance = eyes.distance(theme[one].foreground, theme[other].foreground)
                    #expect(distance >= 10, "\(name), \(eyes): \(one) and \(other) are \(distance) apart")
                }
            }
        }
        #expect(theme.series.count >= 5)
        for (first, one) in theme.series.enumerated() {
            for other in theme.series.dropFirst(first + 1) {
                let distance = eyes.distance(one, other)
                #expect(distance >= 7, "\(name), \(eyes): \(one) and \(other) are \(distance) apart")
            }
        }
    }

    @Test(arguments: Theme.builtInNames)
    func seriesAreToldApartByOrdinaryEyes(_ name: String) throws {
        let series = try theme(name).series
        #expect(series.count >= 5 || name == "mono")
        for (first, one) in series.enumerated() {
            for other in series.dropFirst(first + 1) {
                let distance = Sight.ordinary.distance(one, other)
                #expect(distance >= 6, "\(name): \(one) and \(other) are \(distance) apart")
            }
        }
    }

    @Test func theSimulatedEyesConfuseRedAndGreen() {
        let red = Color(hex: 0xC8_32_32)
        let green = Color(hex: 0x6E_8C_1E)
        #expect(Sight.ordinary.distance(red, green) > 20)
        #expect(Sight.deuteranopia.distance(red, green) < 14)
        #expect(Sight.contrast(Color(hex: 0xFF_FFFF), Color(hex: 0)) == 21)
    }
}
