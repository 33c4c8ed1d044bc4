// Sends forms without leaving the page, says beside the button what became of it, and keeps what is typed until it is done.
window.linli = (function () {
  "use strict";

  var PATIENCE = 20000;
  var words = document.querySelector("meta[name=linli-words]").dataset;

  // What is said beside a control

  function placeOf(control) {
    return control.closest(".do") || control.closest(".alert") || control.closest(".top") || control.closest("form");
  }

  function silence(control) {
    placeOf(control).querySelectorAll(":scope > .said, .do > .said").forEach(function (said) { said.remove(); });
  }

  function say(control, text, way) {
    silence(control);
    var said = document.createElement("p");
    said.className = "said notice bad";
    said.setAttribute("role", "alert");
    said.append(text);
    if (way) {
      var link = document.createElement("a");
      link.href = way.to;
      link.textContent = way.text;
      said.append(" ", link);
    }
    var place = placeOf(control);
    (place.querySelector(":scope > .do") || place).append(said);
    said.scrollIntoView({block: "nearest"});
  }

  var again = function () { return {to: location.href, text: words.loadAgain}; };
  var signIn = function () { return {to: "/sign-in", text: words.signIn}; };

  // Status 0: no answer came.
  function explain(control, status, late) {
    if (status === 0) {
      say(control, late ? words.late : words.away);
    } else if (status === 401) {
      say(control, words.ended, signIn());
    } else if (status === 403) {
      say(control, words.expired, again());
    } else if (status === 404 || status === 410) {
      say(control, words.gone, again());
    } else if (status >= 500) {
      say(control, words.failed);
    } else {
      say(control, words.refused, again());
    }
  }

  // What is typed, kept in this window under the person's name until it was sent or somebody signs out

  var PREFIX = "linli:";

  function keyOf(form) {
    return PREFIX + (document.body.dataset.person || "") + ":" + form.dataset.keep;
  }

  function kept(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && field.name !== "_csrf" && field.type !== "password" && field.tagName !== "BUTTON";
    });
  }

  function keep(form) {
    var typed = {};
    kept(form).forEach(function (field) { typed[field.name] = field.value; });
    sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
  }

  function forget(form) {
    if (form.dataset.keep) {
      sessionStorage.removeItem(keyOf(form));
    }
  }

  function forgetAll() {
    Object.keys(sessionStorage).forEach(function (key) {
      if (key.startsWith(PREFIX)) {
        sessionStorage.removeItem(key);
      }
    });
  }

  function restore(root) {
    root.querySelectorAll("form[data-keep]").forEach(function (form) {
      var typed = JSON.parse(sessionStorage.getItem(keyOf(form)) || "null");
      if (typed) {
        kept(form).forEach(function (field) {
          if (typeof typed[field.name] === "string") {
            field.value = typed[field.name];
          }
        });
      }
    });
  }

  // Not every browser tells of a choice in a list by "input".
  ["input", "change"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var form = event.target.closest("form[data-keep]");
      if (form) {
        keep(form);
      }
    });
  });

  // Forms

  function send(address, options) {
    var impatient = new AbortController();
    var clock = setTimeout(function () { impatient.abort(); }, PATIENCE);
    options.signal = impatient.signal;
    options.credentials = "same-origin";
    return fetch(address, options).then(
      function (answer) {
        return answer.text().then(function (text) { clearTimeout(clock); return {answer: answer, text: text}; });
      }).catch(function (failure) {
        clearTimeout(clock);
        throw failure;
      });
  }

  function pathOf(address) {
    return new URL(address, location.href).pathname;
  }

  function arrived(form, button, got) {
    var answer = got.answer;
    var leads = pathOf(answer.url) === "/sign-in" && !form.closest(".narrow") && !("forgets" in form.dataset);
    var refusal = new DOMParser().parseFromString(got.text, "text/html").querySelector("main [role=alert]");
    if (leads) {
      say(button, words.ended, signIn());
    } else if (refusal) {
      say(button, refusal.textContent);
    } else if (answer.ok) {
      forget(form);
      if ("forgets" in form.dataset) {
        forgetAll();
      }
      location.assign(answer.url);
    } else {
      explain(button, answer.status);
    }
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") {
      return;
    }
    event.preventDefault();
    var button = event.submitter || form.querySelector("button[type=submit]");
    var body = new URLSearchParams(new FormData(form));
    silence(button);
    button.disabled = true;
    send(form.getAttribute("action"), {method: "POST", body: body, headers: {Accept: "text/html"}})
      .then(
        function (got) { arrived(form, button, got); },
        function (failure) { explain(button, 0, failure.name === "AbortError"); })
      .finally(function () {
        button.disabled = false;
        if (document.activeElement === document.body) {
          button.focus();
        }
      });
  });

  // Links that lead away from what somebody looks at, so that the way is tried first

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-checked]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) {
      return;
    }
    event.preventDefault();
    silence(link);
    send(link.href, {headers: {Accept: "text/html"}}).then(
      function (got) {
        // 300 is the page that asks which device is meant.
        if (got.answer.ok || got.answer.status === 300) {
          location.assign(link.href);
        } else {
          explain(link, got.answer.status);
        }
      },
      function (failure) { explain(link, 0, failure.name === "AbortError"); });
  });

  restore(document);

  return {explain: explain, silence: silence, restore: restore, forget: forget};
})();
