extension KeyMap {
    /// Makes a key map: the standard one, a preset on top, then a person's changes and the keys of his commands.
    ///
    /// A change's keys replace the action's own. A key that a change takes from an unchanged action moves to the changed one;
    /// two changes that want one key in one context are a clash. Whatever clashes or is not known is left out and told, so
    /// that one bad line never costs the others.
    public static func make(
        preset: KeyPreset = .spyhop, changes: [KeyChange] = [], commands: [CustomCommand] = []
    ) -> (map: KeyMap, problems: [KeyProblem]) {
        var making = Making(bindings: KeyBinding.standard)
        making.apply(preset.changes)
        // A preset is made for the whole; what it hides it hides on purpose.
        making.problems = []
        let before = making.bindings
        making.apply(changes)
        making.findHidden(changes, before: before)
        making.add(commands)
        return (KeyMap(bindings: making.bindings), making.problems)
    }

    private struct Making {
        var bindings: [KeyBinding]
        var problems: [KeyProblem] = []

        mutating func apply(_ changes: [KeyChange]) {
            let wanted = normalised(changes)
            var owners: [KeyContext: [String: Action]] = [:]
            for index in bindings.indices {
                let (action, context) = (bindings[index].action, bindings[index].context)
                guard let change = wanted[action] else { continue }
                var kept: [String] = []
                for (name, key) in change {
                    if let owner = owners[context]?[name] {
                        tell(.clash(with: owner, in: context), action.rawValue, key)
                    } else {
                        owners[context, default: [:]][name] = action
                        kept.append(name)
                    }
                }
                bindings[index].keys = kept
            }
            for index in bindings.indices where wanted[bindings[index].action] == nil {
                let taken = owners[bindings[index].context] ?? [:]
                bindings[index].keys.removeAll { taken[$0] != nil }
            }
        }

        private mutating func normalised(_ changes: [KeyChange]) -> [Action: [(name: String, key: KeyChange.Key)]] {
            var wanted: [Action: [(name: String, key: KeyChange.Key)]] = [:]
            for change in changes {
                guard let action = Action(rawValue: change.action) else {
                    problems.append(
                        KeyProblem(kind: .unknownAction, action: change.action, key: "", place: change.place))
                    continue
                }
                var keys: [(name: String, key: KeyChange.Key)] = []
                for key in change.keys {
                    guard let name = KeyMap.normalise(key.name) else {
                        tell(.unknownKey, change.action, key)
                        continue
                    }
                    if !keys.contains(where: { $0.name == name }) { keys.append((name, key)) }
                }
                wanted[action] = keys
            }
            return wanted
        }

        private mutating func tell(_ kind: KeyProblem.Kind, _ action: String, _ key: KeyChange.Key) {
            problems.append(KeyProblem(kind: kind, action: action, key: key.name, place: key.place))
        }

        /// A key that is new for its action, and means something else where it would be pressed.
        mutating func findHidden(_ changes: [KeyChange], before: [KeyBinding]) {
            for change in changes {
                guard let binding = bindings.first(where: { $0.action.rawValue == change.action }) else { continue }
                let old = before.first { $0.action == binding.action }?.keys ?? []
                for key in change.keys {
                    guard let name = KeyMap.normalise(key.name), binding.keys.contains(name), !old.contains(name),
                        let other = bindings.first(where: {
                            $0.keys.contains(name) && $0.context.comes(before: binding.context)
                        })
                    else { continue }
                    tell(.hidden(by: other.action, in: other.context), change.action, key)
                }
            }
        }

        /// Commands take no key from anybody.
        mutating func add(_ commands: [CustomCommand]) {
            for command in commands {
                var keys: [String] = []
                let context = command.scope.context
                if let key = command.key {
                    if let name = KeyMap.normalise(key.name) {
                        let owner = bindings.first {
                            $0.keys.contains(name) && ($0.context == context || $0.context.comes(before: context))
                        }
                        switch owner {
                        case nil: keys = [name]
                        case let owner? where owner.context == context:
                            tell(.clash(with: owner.action, in: context), command.action.rawValue, key)
                        case let owner?:
                            keys = [name]
                            tell(.hidden(by: owner.action, in: owner.context), command.action.rawValue, key)
                        }
                    } else {
                        tell(.unknownKey, command.action.rawValue, key)
                    }
                }
                bindings.append(KeyBinding(command.action, context, keys, command.name))
            }
        }
    }
}

extension KeyContext {
    /// Whether there is a pane where this context is asked before the other one.
    func comes(before other: KeyContext) -> Bool {
        guard self != other else { return false }
        return PaneList.all.contains { kind in
            guard let own = kind.contexts.firstIndex(of: self), let others = kind.contexts.firstIndex(of: other) else {
                return false
            }
            return own < others
        }
    }
}
