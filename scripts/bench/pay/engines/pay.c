/* The pay bench as compiled code: the two passes over cells in 64-bit whole numbers, arrays reused. The native reference: the same
 * rows (workload.ts), the same plan (plan.yaml) written out by hand, the same checksums (checksums.ts). Threads share the rows by
 * ranges and the close by payees, as our engine does.
 * pay <rows> <threads>: calculates once for each line read and tells what it cost; at the end of input it tells the sums. */
#include <inttypes.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAYEES = 2000, PERIODS = 24, PRODUCTS = 3, BANDS = 5, CELLS = PAYEES * PERIODS, SHARES = 10000 };
static const int64_t PRIME = 1000000007;

/* First cents of each band, and rates in millionths, so that amounts are millionths of a cent. */
static const int64_t LOW[PRODUCTS][BANDS] = {
    { -100000000000, 20000000, 40000000, 60000000, 80000000 },
    { -100000000000, 15000000, 30000000, 50000000, 75000000 },
    { -100000000000, 25000000, 45000000, 65000000, 85000000 }
};
static const int64_t RATE[PRODUCTS][BANDS] = {
    { 40000, 55000, 70000, 82500, 101250 },
    { 60000, 75000, 90000, 113500, 130625 },
    { 20000, 27500, 35000, 41250, 50125 }
};
static int64_t INTERCEPT[PRODUCTS][BANDS];

static int64_t count;
static int64_t *amount;
static uint8_t *period, *product;
static uint32_t *split_start;
static uint16_t *split_payee, *split_share;
static int64_t *credit, *before, *worth;
static uint16_t *bands;
static int64_t total[PRODUCTS * CELLS], opening[PRODUCTS * CELLS];
static int64_t earning[PRODUCTS * CELLS], due[CELLS], tranche[3][CELLS], paid[CELLS];
static int64_t cap[PAYEES];
static uint8_t certified[CELLS];

/* A share of the work: its rows, its payees, and what it adds up of its own rows. */
struct part {
    int64_t from, to;
    int first_payee, last_payee;
    int64_t *total, *running;
    uint8_t *band;
};
static int threads;
static struct part *parts;
static pthread_barrier_t barrier;

static uint32_t mix(uint32_t row, uint32_t what) {
    uint32_t x = row * 0x9e3779b1u + what * 0x85ebca77u;
    x ^= x >> 15;
    x *= 0x2c1b3c6du;
    x ^= x >> 12;
    x *= 0x297a2d39u;
    return x ^ (x >> 15);
}

static void *room(size_t bytes) {
    void *memory = malloc(bytes);
    if (!memory) exit(3);
    return memset(memory, 0, bytes);
}

static uint32_t splits_of(uint32_t row) {
    uint32_t place = mix(row, 4) % 100;
    return place < 15 ? 1 : place < 50 ? 2 : place < 85 ? 3 : 4;
}

static void make_rows(void) {
    uint32_t most = (uint32_t)(2000000000000LL / count);
    split_start = room((count + 1) * 4);
    for (int64_t row = 0; row < count; row++) split_start[row + 1] = split_start[row] + splits_of((uint32_t)row);
    size_t splits = split_start[count];
    amount = room(count * 8);
    period = room(count);
    product = room(count);
    split_payee = room(splits * 2);
    split_share = room(splits * 2);
    credit = room(splits * 8);
    before = room(splits * 8);
    worth = room(splits * 8);
    bands = room(splits * 2);
    for (uint32_t row = 0; row < count; row++) {
        int64_t cents = 10000 + mix(row, 2) % most;
        amount[row] = mix(row, 3) % 100 < 3 ? -cents : cents;
        period[row] = mix(row, 1) % PERIODS;
        product[row] = mix(row, 5) % PRODUCTS;
        uint32_t first = mix(row, 10) % PAYEES, step = 1 + mix(row, 11) % 499;
        uint32_t start = split_start[row], own = split_start[row + 1] - start, others = 0;
        for (uint32_t place = 0; place < own; place++) {
            split_payee[start + place] = (first + place * step) % PAYEES;
            if (place == 0) continue;
            split_share[start + place] = 500 + mix(row, 20 + place) % 20 * 100;
            others += split_share[start + place];
        }
        split_share[start] = SHARES - others;
    }
    for (uint32_t payee = 0; payee < PAYEES; payee++) {
        cap[payee] = (4000 + mix(payee, 7) % 8 * 1000) * 100;
        for (uint32_t one = 0; one < PERIODS; one++)
            certified[one * PAYEES + payee] = mix(payee * PERIODS + one, 6) % 10 != 0;
    }
    for (int p = 0; p < PRODUCTS; p++) {
        INTERCEPT[p][0] = -LOW[p][0] * RATE[p][0];
        for (int b = 1; b < BANDS; b++) INTERCEPT[p][b] = INTERCEPT[p][b - 1] + (RATE[p][b - 1] - RATE[p][b]) * LOW[p][b];
    }
}

static void first_pass(struct part *part) {
    memset(part->total, 0, PRODUCTS * CELLS * sizeof *part->total);
    int64_t *out = credit + split_start[part->from];
    for (int64_t row = part->from; row < part->to; row++) {
        int64_t *cells = part->total + product[row] * CELLS + period[row] * PAYEES;
        uint32_t start = split_start[row], own = split_start[row + 1] - start;
        int64_t whole = amount[row], left = whole;
        for (uint32_t i = 0; i < own; i++) {
            out[i] = whole * split_share[start + i] / SHARES;
            left -= out[i];
        }
        out[0] += left;
        for (uint32_t i = 0; i < own; i++) cells[split_payee[start + i]] += out[i];
        out += own;
    }
}

static int band_of(int p, int64_t x) {
    int b = 0;
    while (b + 1 < BANDS && x >= LOW[p][b + 1]) b++;
    return b;
}

static void open_cells(const struct part *part) {
    for (int p = 0; p < PRODUCTS; p++)
        for (int one = 0; one < PERIODS; one++)
            for (int payee = part->first_payee; payee < part->last_payee; payee++) {
                int cell = p * CELLS + one * PAYEES + payee;
                total[cell] = 0;
                for (int t = 0; t < threads; t++) total[cell] += parts[t].total[cell];
                opening[cell] = one % 12 == 0 ? 0 : opening[cell - PAYEES] + total[cell - PAYEES];
            }
}

/* Each range begins where the ranges before it end. */
static void start_cells(const struct part *part) {
    memcpy(part->running, opening, sizeof opening);
    for (const struct part *other = parts; other < part; other++)
        for (int cell = 0; cell < PRODUCTS * CELLS; cell++) part->running[cell] += other->total[cell];
    for (int cell = 0; cell < PRODUCTS * CELLS; cell++)
        part->band[cell] = (uint8_t)band_of(cell / CELLS, part->running[cell]);
}

static void second_pass(const struct part *part) {
    int64_t k = split_start[part->from];
    for (int64_t row = part->from; row < part->to; row++) {
        int p = product[row];
        int first = p * CELLS + period[row] * PAYEES;
        for (uint32_t split = split_start[row]; split < split_start[row + 1]; split++, k++) {
            int cell = first + split_payee[split];
            int64_t from = part->running[cell], to = from + credit[k];
            int b = part->band[cell], last = b;
            part->running[cell] = to;
            while (last > 0 && to < LOW[p][last]) last--;
            while (last + 1 < BANDS && to >= LOW[p][last + 1]) last++;
            part->band[cell] = (uint8_t)last;
            before[k] = from;
            worth[k] = b == last ? RATE[p][b] * credit[k]
                                 : RATE[p][last] * to + INTERCEPT[p][last] - (RATE[p][b] * from + INTERCEPT[p][b]);
            bands[k] = (uint16_t)((b + 1) << 8 | (last + 1));
        }
    }
}

static int64_t half_even(int64_t n, int64_t d) {
    int64_t down = n / d, rest = llabs(n % d);
    if (rest * 2 > d || (rest * 2 == d && down % 2 != 0)) return down + (n < 0 ? -1 : 1);
    return down;
}

static int64_t along(int p, int64_t x) {
    int b = band_of(p, x);
    return RATE[p][b] * x + INTERCEPT[p][b];
}

static void close_cells(const struct part *part) {
    for (int one = 0; one < PERIODS; one++)
        for (int payee = part->first_payee; payee < part->last_payee; payee++) {
            int cell = one * PAYEES + payee;
            due[cell] = 0;
            for (int p = 0; p < PRODUCTS; p++) {
                int at = p * CELLS + cell;
                int64_t halves = (along(p, opening[at] + total[at]) - along(p, opening[at])) * (certified[cell] ? 2 : 1);
                int64_t most = cap[payee] * 2000000;
                earning[at] = half_even(halves > most ? most : halves, 2000000);
                due[cell] += earning[at];
            }
            int64_t deferred = due[cell] > 0 ? half_even(due[cell] * 4, 10) : 0;
            tranche[1][cell] = tranche[2][cell] = deferred / 3;
            tranche[0][cell] = deferred - 2 * (deferred / 3);
            paid[cell] = due[cell] - deferred;
            for (int t = 0; t < 3; t++)
                if (one > t) paid[cell] += tranche[t][cell - (t + 1) * PAYEES];
        }
}

static void *calculate(void *of) {
    struct part *part = of;
    first_pass(part);
    pthread_barrier_wait(&barrier);
    open_cells(part);
    pthread_barrier_wait(&barrier);
    start_cells(part);
    second_pass(part);
    close_cells(part);
    return NULL;
}

static void run(void) {
    pthread_t started[threads];
    for (int t = 1; t < threads; t++)
        if (pthread_create(&started[t], NULL, calculate, &parts[t]) != 0) exit(4);
    calculate(&parts[0]);
    for (int t = 1; t < threads; t++) pthread_join(started[t], NULL);
}

static void share_out(void) {
    parts = room(threads * sizeof *parts);
    pthread_barrier_init(&barrier, NULL, threads);
    for (int t = 0; t < threads; t++)
        parts[t] = (struct part){ .from = count * t / threads,
                                  .to = count * (t + 1) / threads,
                                  .first_payee = PAYEES * t / threads,
                                  .last_payee = PAYEES * (t + 1) / threads,
                                  .total = room(PRODUCTS * CELLS * sizeof(int64_t)),
                                  .running = room(PRODUCTS * CELLS * sizeof(int64_t)),
                                  .band = room(PRODUCTS * CELLS) };
}

static int64_t sums[11];

static void add(int name, int64_t value, int64_t weight) {
    sums[name] = (sums[name] + (value % PRIME + PRIME) % PRIME * weight) % PRIME;
}

static void add_up(void) {
    for (int cell = 0; cell < CELLS; cell++) {
        int64_t weight = cell % 97 + 1;
        for (int p = 0; p < PRODUCTS; p++) add(0, earning[p * CELLS + cell], (cell * 3 + p) % 97 + 1);
        add(1, due[cell], weight);
        for (int t = 0; t < 3; t++) add(2 + t, tranche[t][cell], weight);
        add(5, paid[cell], weight);
    }
    int64_t k = 0;
    for (int64_t row = 0; row < count; row++)
        for (uint32_t split = split_start[row]; split < split_start[row + 1]; split++, k++) {
            int64_t weight = (row * 31 + split_payee[split]) % 97 + 1;
            add(6, credit[k], weight);
            add(7, before[k], weight);
            add(8, worth[k], weight);
            add(9, bands[k] >> 8, weight);
            add(10, bands[k] & 255, weight);
        }
}

static double now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    count = atoll(argv[1]);
    threads = atoi(argv[2]);
    make_rows();
    share_out();
    printf("ready\n");
    fflush(stdout);
    for (int c; (c = getchar()) != EOF;) {
        if (c != '\n') continue;
        double cpu = now(CLOCK_PROCESS_CPUTIME_ID), wall = now(CLOCK_MONOTONIC);
        run();
        wall = now(CLOCK_MONOTONIC) - wall;
        cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        printf("{\"cpuMs\":%.3f,\"wallMs\":%.3f}\n", cpu, wall);
        fflush(stdout);
    }
    add_up();
    printf("[");
    for (int i = 0; i < 11; i++) printf("%s%" PRId64, i > 0 ? "," : "", sums[i]);
    printf("]\n");
    return 0;
}
