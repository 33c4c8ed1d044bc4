// What htmx does not do by itself: says whether the page is live and what became of an action, keeps opened lists open,
// closes the drawer, and leaves the focus where somebody can go on.
(function () {
  "use strict";

  function live(state) {
    var sign = document.getElementById("live");
    if (sign) {
      sign.dataset.state = state;
    }
    document.body.dataset.live = state;
    if (state === "live") {
      document.querySelectorAll(".top .said").forEach(function (said) { said.remove(); });
    }
  }

  var streams = false;

  document.addEventListener("htmx:sseOpen", function () { streams = true; live("live"); });
  document.addEventListener("htmx:sseError", function () { streams = false; live("away"); });

  // What is fetched again by itself: where that fails, what stands there may be old.
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!isAction(event.detail.elt) && streams) {
      live(event.detail.successful ? "live" : "away");
    }
  });

  // The first of these that can have the focus gets it, unless something has it.
  function focusOn(candidates) {
    candidates.some(function (candidate) {
      var element = typeof candidate === "string" ? document.getElementById(candidate) : candidate;
      if (element && document.activeElement === document.body) {
        element.focus();
      }
      return document.activeElement !== document.body;
    });
  }

  // An action's button may be drawn anew, or away, while it works: it is known by its id.
  function ways(id) {
    var alert = /^(?:acknowledge|look|open)-(.+)$/.exec(id || "");
    return [id, alert && "open-" + alert[1], "alert-title", "alerts-heading"];
  }

  // Actions: what somebody pressed, as distinct from what is fetched again by itself

  var failed = {};
  var pressed = null;
  var opener = null;

  function isAction(element) {
    return element.matches("button, a");
  }

  function buttonsBeside(element) {
    var place = element.closest(".do");
    return place ? place.querySelectorAll("button") : [];
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    var element = event.detail.elt;
    if (!isAction(element)) {
      return;
    }
    var id = element.id;
    var late = false;
    var xhr = event.detail.xhr;
    var form = element.closest("form");
    delete failed[id];
    linli.silence(element);
    pressed = id;
    if (element.getAttribute("hx-target") === "#drawer") {
      opener = id;
    }
    buttonsBeside(element).forEach(function (button) { button.disabled = true; });
    xhr.addEventListener("timeout", function () { late = true; });
    xhr.addEventListener("loadend", function () {
      var now = document.getElementById(id) || element;
      buttonsBeside(now).forEach(function (button) { button.disabled = false; });
      if (xhr.status < 200 || xhr.status >= 300) {
        failed[id] = {status: xhr.status, late: late};
        linli.explain(now, xhr.status, late);
        focusOn([id]);
      }
    });
    xhr.addEventListener("load", function () {
      if (xhr.status === 200 && form && form.dataset.keep) {
        linli.forget(form);
      }
    });
  });

  // The lists

  var opened = [];

  document.addEventListener("htmx:beforeSwap", function (event) {
    var target = event.detail.target;
    opened = Array.prototype.map.call(
      target.querySelectorAll("details[open][id]"),
      function (details) { return details.id; });
    if (target.contains(document.activeElement)) {
      pressed = document.activeElement.id;
    }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    var target = event.detail.target;
    opened.forEach(function (id) {
      var details = document.getElementById(id);
      if (details) {
        details.open = true;
      }
    });
    opened = [];
    var tally = document.querySelector("[data-open-alerts]");
    if (tally) {
      var count = tally.dataset.openAlerts;
      document.title = (count === "0" ? "" : "(" + count + ") ")
        + document.title.replace(/^\(\d+\) /, "");
    }
    Object.keys(failed).forEach(function (id) {
      var button = document.getElementById(id);
      if (button) {
        linli.explain(button, failed[id].status, failed[id].late);
      }
    });
    if (target.id === "drawer") {
      linli.restore(target);
      document.getElementById("alert-title").focus();
    } else if (pressed) {
      focusOn(ways(pressed));
    }
  });

  // The drawer

  function close() {
    var drawer = document.getElementById("drawer");
    if (drawer && drawer.firstElementChild) {
      drawer.replaceChildren();
      focusOn(ways(opener));
    }
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) {
      close();
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      close();
    }
  });
})();
