import Glibc

@testable import Terminal

/// What eyes make of colours: contrast as WCAG 2.2 counts it, difference in OKLab, and three kinds of colour blindness.
enum Sight: String, CaseIterable, Sendable {
    case ordinary, protanopia, deuteranopia, tritanopia

    /// WCAG 2.2's contrast ratio, from 1 to 21; 21 where a colour is the terminal's own.
    static func contrast(_ a: Color, _ b: Color) -> Double {
        guard let x = luminance(a), let y = luminance(b) else { return 21 }
        return (max(x, y) + 0.05) / (min(x, y) + 0.05)
    }

    /// The distance of two colours in OKLab, times 100, as these eyes see them; 2 is about the least that is noticed
    /// side by side.
    func distance(_ a: Color, _ b: Color) -> Double {
        guard let x = seen(a), let y = seen(b) else { return 100 }
        let (p, q) = (Self.lab(x), Self.lab(y))
        let squares = zip(p, q).map { (one: Double, other: Double) -> Double in (one - other) * (one - other) }
        return 100 * squares.reduce(0, +).squareRoot()
    }

    private static func luminance(_ color: Color) -> Double? {
        linear(color).map { 0.2126 * $0[0] + 0.7152 * $0[1] + 0.0722 * $0[2] }
    }

    private static func linear(_ color: Color) -> [Double]? {
        guard case .rgb(let r, let g, let b) = color else { return nil }
        return [r, g, b].map { value in
            let part = Double(value) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
    }

    /// Machado, Oliveira and Fernandes 2009, severity 1, applied to linear light.
    private var matrix: [[Double]] {
        switch self {
        case .ordinary: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .protanopia:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        case .deuteranopia:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .tritanopia:
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    }

    private func seen(_ color: Color) -> [Double]? {
        Self.linear(color).map { rgb in
            matrix.map { row in min(1, max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])) }
        }
    }

    /// Ottosson's OKLab from linear sRGB.
    private static func lab(_ rgb: [Double]) -> [Double] {
        let toCones = [
            [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
        let toLab = [
            [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
        func times(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
            matrix.map { $0[0] * vector[0] + $0[1] * vector[1] + $0[2] * vector[2] }
        }
        return times(toLab, times(toCones, rgb).map { cbrt($0) })
    }
}
