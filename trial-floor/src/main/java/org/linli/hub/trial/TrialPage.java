package org.linli.hub.trial;

import org.linli.hub.console.ConsolePage;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** A page of the console. */
@ConsolePage
class TrialPage {

  private final ReportCounts counts;
  private final Letters letters;

  TrialPage(ReportCounts counts, Letters letters) {
    this.counts = counts;
    this.letters = letters;
  }

  @GetMapping(TrialFloor.PATH)
  String page(Model model) {
    model.addAttribute("counts", counts.most());
    model.addAttribute("letters", letters.count());
    return "trial/page";
  }
}
