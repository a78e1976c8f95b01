#include "monitor_wire.h"
