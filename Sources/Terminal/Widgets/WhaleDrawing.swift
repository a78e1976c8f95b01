/// The whale's picture: two pixels a cell, one above the other, for terminals with block characters, lines for others.
enum WhaleDrawing {
    /// `B` back, `L` belly, `E` eye, `M` mouth, `W` water, anything else is see-through.
    static let large: [String] = [
        "..............................................",
        "......................................B....B..",
        ".....................................BBB..BBB.",
        ".....................................BBBBBBBBB",
        "......................................BBBBBBB.",
        ".........BBBBBBBBBBB...................BBBBB..",
        "......BBBBBBBBBBBBBBBBBB...............BBBB...",
        "....BBBBBBBBBBBBBBBBBBBBBBB............BBBB...",
        "...BBBBBBBBBBBBBBBBBBBBBBBBBBB.......BBBBB....",
        "..BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB....",
        ".BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB.....",
        ".BBBBBBBBEEBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB.....",
        "BBBBBBBBBEEBBBBBBBBBBBBBBBBBBBBBBBBBBBBB......",
        "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB.......",
        "MMMMBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB........",
        "LLLLMMMMMMMBBBBBBBBBBBBBBBBBBBBBBBBB..........",
        "LLLLLLLLLLLMMBBBBBBBBBBBBBBBBBBBBB............",
        ".LLLLLLLLLLLLLBBBBBBBBBBBBBBBBB...............",
        "..LLMLLMLLMLLLLBBBBBLLLLLL....................",
        "...LLLMLLMLLMLLLBBBBBLL.......................",
        "......LLLLLLLLL..BBBBB........................",
        ".........LLLL.....BBBB........................",
    ]

    static let small: [String] = [
        ".................B..B.",
        ".................BBBB.",
        "...BBBBBBB........BB..",
        ".BBBBBBBBBBBB....BBB..",
        "BBBBBBBBBBBBBBBBBBBB..",
        "BBBBEBBBBBBBBBBBBBB...",
        "MMBBBBBBBBBBBBBBBB....",
        "LLMMMBBBBBBBBBBB......",
        ".LLLLLBBBBLLL.........",
        "...LLLLBBB............",
    ]

    static let largeASCII = [
        "                                     __     __",
        "                                     \\ \\   / /",
        "         ____-------____              \\ \\_/ /",
        "     _.-'               `-.__          \\   /",
        "   .'                        `--._____/  |",
        "  /    @                                /",
        " |                                     /",
        " |_____                             _.'",
        "  \\    `--..____      /\\       _.-'",
        "   `-._          ```--/  \\--'''",
        "       ``---....____.'",
    ]

    static let smallASCII = [
        "                  __ __",
        "    __---__       \\ V /",
        "  .'       `--.___/  |",
        " | @                /",
        "  \\__ `--../\\___.-'",
        "     `--~~'",
    ]

    /// Three rows above the blowhole, picture by picture.
    static let spouts = [["· ∘ ·", " ╲│╱ ", "  ┆  "], ["∘ · ∘", " ╲┆╱ ", "  │  "], ["  ·  ", "  ∘  ", "  ┆  "]]
    static let spoutsASCII = [
        [". o .", " \\|/ ", "  :  "], ["o . o", " \\:/ ", "  |  "], ["  .  ", "  o  ", "  :  "],
    ]
}
