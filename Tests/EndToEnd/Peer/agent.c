// agent SOCKET: asks an ssh agent for its keys and prints how many it has (draft-miller-ssh-agent, section 4.4).
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { request_identities = 11, identities_answer = 12 };

int main(int count, char **arguments) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (count != 2 || strlen(arguments[1]) >= sizeof address.sun_path) return 2;
    strcpy(address.sun_path, arguments[1]);
    int agent = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(agent, (struct sockaddr *)&address, sizeof address) != 0) return perror("connect"), 1;
    unsigned char question[] = {0, 0, 0, 1, request_identities}, answer[9];
    if (write(agent, question, sizeof question) != sizeof question) return perror("write"), 1;
    size_t have = 0;
    while (have < sizeof answer) {
        ssize_t got = read(agent, answer + have, sizeof answer - have);
        if (got <= 0) return perror("read"), 1;
        have += (size_t)got;
    }
    unsigned int keys;
    memcpy(&keys, answer + 5, sizeof keys);
    if (answer[4] != identities_answer) return 1;
    printf("%u keys\n", ntohl(keys));
    return 0;
}
