/* What is wrong with templates. ECMAScript 5 only. */
var templateFaults;

(function () {
    'use strict';

    function isSection(token) {
        return token[0] === '#' || token[0] === '^';
    }

    /* Calls visit(token) for each tag of a parsed template, sections before what they hold. */
    function walk(tokens, visit) {
        tokens.forEach(function (token) {
            if (token[0] === 'text')
                return;
            visit(token);
            if (isSection(token))
                walk(token[4], visit);
        });
    }

    /* Every name under which templates find a value of the view: "book", "book.title", "title". */
    function addNames(names, value, before) {
        if (Array.isArray(value))
            value.forEach(function (item) { addNames(names, item, before); });
        else if (value && typeof value === 'object')
            Object.keys(value).forEach(function (key) {
                names[key] = true;
                names[before + key] = true;
                addNames(names, value[key], before + key + '.');
            });
    }

    function bytes(text) {
        return unescape(encodeURIComponent(text)).length;
    }

    function fault(file, source, position, message, hint) {
        var before = source.slice(0, position).split('\n');
        return { file: file, line: before.length, column: bytes(before.pop()) + 1,
                 message: message, hint: hint || '' };
    }

    /* Where the section opens that is closed nowhere, or by another name at `end`. */
    function opening(source, name, end) {
        var tags = /\{\{\s*([#^\/])\s*([^}\s]+)\s*\}\}/g, open = [], tag;
        while ((tag = tags.exec(source)) && tag.index < end)
            if (tag[1] !== '/')
                open.push([tag[2], tag.index]);
            else if (open.length && open[open.length - 1][0] === tag[2])
                open.pop();
        open = open.filter(function (one) { return one[0] === name; });
        return open.length ? open.pop()[1] : 0;
    }

    /* Mustache says where in the words of its error: 'Unclosed section "x" at 12'. */
    function syntaxFault(file, source, error) {
        var parts = /^(\w+) (section|tag)(?: "(.*)")? at:? ?(\d+)$/.exec(error.message);
        if (!parts)
            return fault(file, source, 0, error.message);
        if (parts[1] === 'Unclosed' && parts[2] === 'section')
            return fault(file, source, opening(source, parts[3], Number(parts[4]) || source.length),
                         "the section '" + parts[3] + "' does not end",
                         'write {{/' + parts[3] + '}} where it does');
        if (parts[1] === 'Unopened')
            return fault(file, source, Number(parts[4]),
                         "the section '" + parts[3] + "' ends here and begins nowhere");
        return fault(file, source, source.lastIndexOf('{{', Number(parts[4])),
                     'the tag does not end', 'write }} where it does');
    }

    function suggestion(name, known) {
        var near = native.nearest(name, Object.keys(known));
        return near ? "did you mean '" + near + "'?" : '';
    }

    function tagFault(file, source, token, names, partials) {
        var name = token[1];
        if (token[0] === '>')
            return partials.hasOwnProperty(name) ? null
                : fault(file, source, token[2], "there is no template '" + name + "' to include",
                        suggestion(name, partials));
        if (token[0] === '!' || token[0] === '=' || name === '.' || names[name])
            return null;
        return fault(file, source, token[2], "pages have no value '" + name + "'",
                     suggestion(name, names));
    }

    /* `own`: the user's templates, file to source; `built`: the program's; `partials`: what there
     * is to include, by name; `view`: what pages have. All JSON, as is the result, a list of
     * faults. */
    templateFaults = function (own, built, partials, view) {
        var names = {}, included = {}, faults = [];
        own = JSON.parse(own);
        built = JSON.parse(built);
        partials = JSON.parse(partials);
        addNames(names, JSON.parse(view), '');
        function note(token) {
            if (token[0] === '>')
                included[token[1]] = true;
            else
                names[token[1]] = true;
        }
        Object.keys(built).forEach(function (file) { walk(Mustache.parse(built[file]), note); });
        Object.keys(own).forEach(function (file) {
            var tokens;
            try {
                tokens = Mustache.parse(own[file]);
            } catch (error) {
                faults.push(syntaxFault(file, own[file], error));
                return;
            }
            walk(tokens, function (token) {
                var found = tagFault(file, own[file], token, names, partials);
                if (token[0] === '>')
                    included[token[1]] = true;
                if (found)
                    faults.push(found);
            });
        });
        Object.keys(own).forEach(function (file) {
            if (!built.hasOwnProperty(file) && !included[file.replace(/\.html$/, '')])
                faults.push({ file: file, line: 0, column: 0, message: 'no page uses this template',
                              hint: suggestion(file, built), warning: true });
        });
        return JSON.stringify(faults);
    };
}());
