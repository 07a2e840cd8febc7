#include "book/latex.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* What an accent makes of letters: each letter, and after it what it becomes. Other letters are
 * followed by the combining mark. */
static const struct accent {
    char command;
    const char *mark, *letters;
} accents[] = {
    {'`', "\xCC\x80", "AÀEÈIÌOÒUÙaàeèiìoòuù"},
    {'\'', "\xCC\x81", "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzź"},
    {'^', "\xCC\x82", "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷ"},
    {'"', "\xCC\x88", "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ"},
    {'~', "\xCC\x83", "AÃNÑOÕaãnñoõIĨiĩUŨuũ"},
    {'=', "\xCC\x84", "AĀEĒIĪOŌUŪaāeēiīoōuū"},
    {'.', "\xCC\x87", "CĊcċEĖeėGĠgġIİZŻzż"},
    {'c', "\xCC\xA7", "CÇcçSŞsşTŢtţGĢKĶkķLĻlļNŅnņRŖrŗ"},
    {'v', "\xCC\x8C", "CČcčDĎdďEĚeěNŇnňRŘrřSŠsšTŤtťZŽzž"},
    {'u', "\xCC\x86", "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ"},
    {'H', "\xCC\x8B", "OŐoőUŰuű"},
    {'k', "\xCC\xA8", "AĄaąEĘeęIĮiįUŲuų"},
    {'r', "\xCC\x8A", "AÅaåUŮuů"},
    {'d', "\xCC\xA3", ""},
    {'b', "\xCC\xB1", ""},
};

/* Commands that stand for a letter or a sign. */
static const struct {
    const char *name, *text;
} letters[] = {
    {"ss", "ß"},
    {"o", "ø"},
    {"O", "Ø"},
    {"aa", "å"},
    {"AA", "Å"},
    {"ae", "æ"},
    {"AE", "Æ"},
    {"oe", "œ"},
    {"OE", "Œ"},
    {"l", "ł"},
    {"L", "Ł"},
    {"i", "ı"},
    {"j", "ȷ"},
    {"dh", "ð"},
    {"DH", "Ð"},
    {"th", "þ"},
    {"TH", "Þ"},
    {"dj", "đ"},
    {"DJ", "Đ"},
    {"ng", "ŋ"},
    {"S", "§"},
    {"P", "¶"},
    {"ldots", "…"},
    {"dots", "…"},
    {"textendash", "–"},
    {"textemdash", "—"},
    {"textquoteright", "’"},
    {"textquoteleft", "‘"},
    {"pounds", "£"},
    {"copyright", "©"},
    {"textregistered", "®"},
    {"LaTeX", "LaTeX"},
    {"TeX", "TeX"},
    {"textasciitilde", "~"},
    {"textbackslash", "\\"},
    {"textunderscore", "_"},
    {"euro", "€"},
};

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\n");
}

static size_t character_size(const char *at)
{
    size_t size = 1;
    while (((unsigned char)at[size] & 0xC0) == 0x80)
        size++;
    return size;
}

static void add_accented(struct text *text, const struct accent *accent, const char *letter,
                         size_t size)
{
    for (const char *at = accent->letters; size == 1 && *at;) {
        size_t made = character_size(at + 1);
        if (*at == *letter) {
            text_add_bytes(text, at + 1, made);
            return;
        }
        at += 1 + made;
    }
    text_add_bytes(text, letter, size);
    text_add(text, accent->mark);
}

/* The accent's letter at `at`, in braces or not, \i among them; what follows it. */
static const char *read_accent(struct text *text, const struct accent *accent, const char *at)
{
    at = skip_blanks(at);
    int braces = 0;
    for (; *at == '{'; braces++)
        at = skip_blanks(at + 1);
    if (at[0] == '\\' && (at[1] == 'i' || at[1] == 'j') && !isalpha((unsigned char)at[2])) {
        add_accented(text, accent, at + 1, 1);
        at += 2;
    } else if (*at && !strchr("\\}$", *at)) {
        size_t size = character_size(at);
        add_accented(text, accent, at, size);
        at += size;
    }
    for (; braces > 0 && *skip_blanks(at) == '}'; braces--)
        at = skip_blanks(at) + 1;
    return at;
}

static const struct accent *find_accent(char command)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (accents[i].command == command)
            return &accents[i];
    return NULL;
}

/* A command of letters, whose name is at `at`; what follows it. */
static const char *read_word(struct text *text, const char *at)
{
    size_t size = 0;
    while (isalpha((unsigned char)at[size]))
        size++;
    const struct accent *accent = size == 1 ? find_accent(*at) : NULL;
    if (accent)
        return read_accent(text, accent, at + 1);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strlen(letters[i].name) == size && memcmp(letters[i].name, at, size) == 0)
            text_add(text, letters[i].text);
    return skip_blanks(at + size);
}

/* What follows the backslash before `at`. */
static const char *read_command(struct text *text, const char *at)
{
    const struct accent *accent = find_accent(*at);
    if (isalpha((unsigned char)*at))
        return read_word(text, at);
    if (accent)
        return read_accent(text, accent, at + 1);
    if (*at == ' ' || *at == '\\' || *at == '\n' || *at == ',')
        text_add_char(text, ' ');
    else if (*at && !strchr("-/!;:", *at))
        text_add_char(text, *at);
    return *at ? at + 1 : at;
}

/* Signs that are written as several others. */
static const struct {
    const char *written, *meant;
} signs[] = {
    {"---", "—"}, {"--", "–"},       {"``", "“"}, {"''", "”"}, {"`", "‘"},
    {"'", "’"},   {"~", "\xC2\xA0"}, {"{", ""},   {"}", ""},
};

static const char *read_sign(struct text *text, const char *at)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(at, signs[i].written, strlen(signs[i].written)) == 0) {
            text_add(text, signs[i].meant);
            return at + strlen(signs[i].written);
        }
    text_add_char(text, *at);
    return at + 1;
}

char *latex_plain(struct arena *arena, const char *from)
{
    struct text text = {0};
    while (*from) {
        const char *close = *from == '$' ? strchr(from + 1, '$') : NULL;
        if (close) {
            text_add_bytes(&text, from, (size_t)(close - from) + 1);
            from = close + 1;
        } else if (*from == '\\') {
            from = read_command(&text, from + 1);
        } else {
            from = read_sign(&text, from);
        }
    }
    return text_keep(&text, arena);
}
