/**
 * The declared rules: for each way to name a path, what holds for each kind of path. It is written by hand, from the docs and not from the guard.
 *
 * `+` allowed; `=` allowed, and the result may depend on what trusted code names; `-code` refused with that code, by the compiler too. `~code`
 * compiles, and the guard refuses it; `+t` and `=t` do not compile, and the guard allows them. `.` is no cell. A row with `@` is for these methods only.
 */
export const TABLE = `
projected                                 | +          -path      +          -path      +          -path      -path      +          -path      +          -path      -path
projected @privileged                     | +          =          -path      =          +          =          -path      +          +t         +          =          +
excluded                                  | -projected -projected -projected -projected -projected -projected -projected -projected -projected -projected -projected -empty
excluded @privileged                      | -projected -projected -projected -projected -projected -projected -path      -projected -projected -projected -projected -empty
projected by an expression                | -projected -projected -projected -projected -projected -projected -projected -projected -projected -projected -projected -projected

compared with a value                     | +          -filter    -filter    -filter    +          -filter    -filter    +          -filter    +          -filter    +
compared with a value @stream             | +          -filter    -filter    -filter    ~value     -filter    -filter    +          -filter    +          -filter    +
compared with a value @privileged         | +          =          -value     =          +          =          -filter    +          +t         +          =          +
matched by $eq                            | +          -filter    -value     -filter    +          -filter    -filter    +          -filter    +          -filter    +
matched by $eq @stream                    | +          -filter    -value     -filter    ~value     -filter    -filter    +          -filter    +          -filter    +
matched by $eq @privileged                | +          =          -value     =          +          =          -filter    +          +t         +          =          +
matched by $in                            | +          -filter    -operator  -filter    +          -filter    -filter    +          -filter    +          -filter    +
matched by $in @stream                    | +          -filter    -operator  -filter    ~value     -filter    -filter    +          -filter    +          -filter    +
matched by $in @privileged                | +          =          -value     =          +          =          -filter    +          +t         +          =          +
searched                                  | +          -filter    -operator  -filter    +          -filter    -filter    +          -filter    +          -filter    -operator
searched @stream                          | +          -filter    -operator  -filter    ~value     -filter    -filter    +          -filter    +          -filter    -operator
searched @privileged                      | +          =          -value     =          +          =          -filter    +          +t         +          =          +
matched by $regex                         | +          -filter    -operator  -filter    +          -filter    -filter    +          -filter    +          -filter    -operator
matched by $regex @stream                 | +          -filter    -operator  -filter    ~value     -filter    -filter    +          -filter    +          -filter    -operator
matched by $regex @privileged             | +          =          =t         =          +          =          -filter    +          +t         +          =          +
asked for its type                        | +          -filter    -operator  -filter    +          -filter    -filter    +          -filter    +          -filter    -operator
asked for its type @stream                | +          -filter    -operator  -filter    ~value     -filter    -filter    +          -filter    +          -filter    -operator
asked for its type @privileged            | +          =          =t         =          +          =          -filter    +          +t         +          =          +
matched by a RegExp                       | +          -filter    -filter    -filter    +          -filter    -filter    +          -filter    +t         -filter    -value
matched by a RegExp @stream               | +          -filter    -filter    -filter    ~value     -filter    -filter    +          -filter    +t         -filter    -value
matched by a RegExp @privileged           | +          =          =t         =          +          =          -filter    +          +t         +t         =t         +t
asked for presence or size                | +          -filter    +          -filter    +          -filter    -filter    +          -filter    +          -filter    -operator
asked for presence or size @stream        | +          -filter    +          -filter    ~value     -filter    -filter    +          -filter    +          -filter    -operator
asked for presence or size @privileged    | +          =          +          =          +          =          -filter    +          +t         +          =          +
compared with null                        | +          -filter    +          -filter    +          -filter    -filter    +          -filter    +          -filter    +t
compared with null @stream                | +          -filter    +          -filter    ~value     -filter    -filter    +          -filter    +          -filter    +t
compared with null @privileged            | +          =          +          =          +          =          -filter    +          +t         +          =          +
compared by a plain operator              | -untagged  -filter    -untagged  -filter    -untagged  -filter    -filter    -untagged  -filter    -untagged  -filter    -untagged
compared by a plain operator @privileged  | -untagged  -untagged  -untagged  -untagged  -untagged  -untagged  -filter    -untagged  -untagged  -untagged  -untagged  -untagged
compared in $elemMatch                    | .          .          .          .          +          -filter    .          .          -filter    .          ~filter    -filter
compared in $elemMatch @privileged        | .          .          .          .          +          =          .          .          +t         .          ~filter    +t
compared by $expr                         | -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator
compared by $expr @pipeline               | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
compared by code                          | -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator  -operator

sorted                                    | +          -sort      -sort      -sort      +          -sort      -sort      +          -sort      +          -sort      -sort
sorted @page                              | +          -sort      -sort      -sort      -sort      -sort      -sort      +          -sort      +          -sort      -sort
sorted @privileged                        | +          =          =t         =          +          =          -sort      +          +t         +          =          +
listed by distinct                        | +          -path      -path      -path      +          -path      -path      +          -path      +          -path      -path
listed by distinct @privileged            | +          =          -path      =          +          =          -path      +          +t         +          =          +

set                                       | +          -write     -write     -write     +          -write     -write     +          -write     +          -write     -write
unset                                     | +t         -write     -write     -write     +t         -write     -write     +          -write     +t         -write     -write
compared by an update                     | +          -write     -write     -write     +          -write     -write     +          -write     +          -write     -write
counted up                                | +t         -write     -write     -write     +t         -write     -write     +t         -write     +          -write     -write
dated                                     | +t         -write     -write     -write     +t         -write     -write     +t         -write     +t         -write     -write
pushed to                                 | -change    -write     -change    -write     -change    -write     -write     +t         -write     -change    -write     -write
changed as an array                       | -change    -write     -write     -write     -change    -write     -write     +t         -write     -change    -write     -write
renamed                                   | -change    -change    -change    -change    -change    -change    -change    -change    -change    -change    -change    -change
copied by a pipeline                      | -change    -change    -change    -change    -change    -change    -change    -change    -change    -change    -change    -change
compared in arrayFilters                  | -filter    -filter    -filter    -filter    +          -filter    -filter    -filter    -filter    -filter    -filter    -filter
copied by an upsert                       | +          -filter    -filter    -filter    -written   -filter    -filter    +          -filter    +          -filter    -write
copied by an upsert, from $eq             | +          -filter    -value     -filter    ~written   -filter    -filter    +          -filter    +          -filter    ~write
copied by an upsert @replace              | +          -filter    -filter    -filter    +t         -filter    -filter    +          -filter    +          -filter    -write
copied by an upsert, from $eq @replace    | +          -filter    -value     -filter    +          -filter    -filter    +          -filter    +          -filter    ~write
inserted                                  | +          -write     -write     -write     +          -write     -write     +          -write     +          -write     -write
replaced                                  | +          -write     -write     -write     -conflict  -write     -write     +          -write     +          -write     -write

projected by a stage                      | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
projected in a join                       | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
removed by a stage                        | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      ~empty
read by a stage                           | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
read by a window                          | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
made the document                         | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
grouped                                   | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
put into buckets                          | +          -pipe      ~pipevalue -pipe      +          -pipe      -pipe      ~pipevalue -pipe      +          -pipe      -pipe
sorted by a window                        | +          -sort      -sort      -sort      +          -sort      -sort      +          -sort      +          -sort      -sort
unwound                                   | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
compared in a later $match                | +          -filter    -filter    -filter    +          -filter    -filter    +          -filter    +          -filter    -filter
read by $expr                             | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
read by an expression                     | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
converted by an expression                | +          -pipe      +          -pipe      +          -pipe      -pipe      +          -pipe      +          -pipe      -pipe
written as a literal                      | +          +          +          +          +          +          +          +          +          +          +          +

joined by a stage                         | +          -join      ~join      -join      +          -join      -join      +          -join      +          -join      +
joined by populate                        | +          -join      -join      -join      +          -join      -join      +t         -join      +          -join      +
projected by populate                     | +          -path      +          -path      +          -path      -path      +          -path      +          -path      -path
filtered by populate                      | +          -filter    -filter    -filter    +          -filter    -filter    +          -filter    +          -filter    +
sorted by populate                        | +          -sort      -sort      -sort      +          -sort      -sort      +          -sort      +          -sort      -sort
names no path                             | +          .          .          .          .          .          .          .          .          .          .          .
`;
