import CLinux

extension Resolver {
    /// Passes a question on to the world.
    func forward(_ question: borrowing Question, _ packet: Packet, from client: monitor_endpoint) {
        // Who asks again is already being asked for.
        for other in pending where other.isOf(client, id: question.id) { return }
        guard pending.count < ForwardedQuestion.most else {
            let refusal = Answer(
                to: packet, end: question.end, code: Question.serverFailure, most: Packet.smallest)
            send(refusal, to: client)
            return
        }
        let forwarded = ForwardedQuestion(packet, id: question.id, end: question.end, client: client)
        pending.append(forwarded)
        ask(forwarded)
        forgetAnswered()
    }

    /// Asks the next server that can be asked; answers for them when none is left.
    func ask(_ question: ForwardedQuestion) {
        while question.attempts < servers.count * ForwardedQuestion.rounds {
            let server = servers[question.attempts % servers.count]
            if question.send(to: server), watch(question.number, .nameAnswer) >= 0 { return }
        }
        let packet = question.packet
        var answer = Answer(
            to: packet, end: question.end, code: Question.serverFailure, most: Packet.smallest)
        answer.set(id: question.clientID)
        send(answer, to: question.client)
        question.isAnswered = true
    }

    /// Something came from a server, perhaps only that nobody is there.
    func answerReady(_ descriptor: Int32) {
        for question in pending where question.number == descriptor && !question.isAnswered {
            take(question)
            break
        }
        forgetAnswered()
    }

    func forgetAnswered() { pending.removeAll { $0.isAnswered } }

    private func take(_ question: ForwardedQuestion) {
        // What does not fit is waited for no longer than if it had not come.
        for _ in 0..<8 {
            let count = monitor_receive_now(question.number, scratch.baseAddress, scratch.count)
            if count == -Int(EAGAIN) { return }
            guard count >= 0 else { return ask(question) }
            guard count <= scratch.count else { continue }
            let packet = Packet(scratch.baseAddress, count: count)
            if packet.refuses(question.id) { return ask(question) }
            guard packet.answers(question.id, question.packet, end: question.end) else { continue }
            if isRefusal(packet), question.attempts < servers.count { return ask(question) }
            scratch[0] = UInt8(question.clientID >> 8)
            scratch[1] = UInt8(question.clientID & 0xff)
            var client = question.client
            _ = monitor_send_to(datagrams.number, scratch.baseAddress, count, &client, nil)
            question.isAnswered = true
            return
        }
    }

    /// Whether another server may know better.
    func isRefusal(_ packet: Packet) -> Bool {
        // Server failure, not implemented, refused.
        packet.responseCode == 2 || packet.responseCode == 4 || packet.responseCode == 5
    }
}
